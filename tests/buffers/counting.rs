//! An allocator that counts for each thread.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
};

pub struct Counting;

thread_local! {
    static ALLOCATIONS: Cell<u64> = const { Cell::new(0) };
}

// SAFETY: everything is handed on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.with(|count| count.set(count.get() + 1));
        unsafe { System.alloc(layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.with(|count| count.set(count.get() + 1));
        unsafe { System.realloc(at, layout, size) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        unsafe { System.dealloc(at, layout) }
    }
}

/// How often `run` allocates, the first time aside: that one may set a key up.
pub fn allocations<R>(mut run: impl FnMut() -> R) -> u64 {
    drop(run());
    let before = ALLOCATIONS.with(Cell::get);
    let made = run();
    let after = ALLOCATIONS.with(Cell::get);
    drop(made);
    after - before
}

#[test]
fn what_is_allocated_is_counted() {
    assert_eq!(allocations(|| 1), 0);
    assert_eq!(allocations(|| vec![1]), 1);
    assert_eq!(allocations(|| [String::from("a"), String::from("b")]), 2);
}
