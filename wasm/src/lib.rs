//! Countersign for JavaScript: the functions that the modules of the npm package `countersign` call.
//!
//! Signing takes and gives lists of fields separated by NUL, which no URL, header, key or policy may hold: the modules in
//! `npm` make plain objects of them. One feature for each provider keeps the others out of the file.

#[cfg(feature = "signing")]
mod desk;
#[cfg(feature = "explain")]
mod explain;
#[cfg(feature = "forms")]
mod form;
#[cfg(feature = "kodo")]
mod kodo;
#[cfg(any(feature = "forms", feature = "requests"))]
mod reply;
#[cfg(feature = "requests")]
mod request;

/// Small; explaining asks for much memory, and has the usual allocator.
#[cfg(all(target_arch = "wasm32", not(feature = "explain")))]
#[global_allocator]
// SAFETY: no threads are made of this module.
static ALLOCATOR: lol_alloc::AssumeSingleThreaded<lol_alloc::FreeListAllocator> =
    unsafe { lol_alloc::AssumeSingleThreaded::new(lol_alloc::FreeListAllocator::new()) };
