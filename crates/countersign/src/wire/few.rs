//! Lists that mostly have few items.

/// So many items are held without an allocation.
#[cfg(not(feature = "compact"))]
pub type Few<T, const N: usize> = smallvec::SmallVec<[T; N]>;

/// On a page an allocation is nothing beside the way from JavaScript, and each kind of list would have code of its own to grow.
#[cfg(feature = "compact")]
pub type Few<T, const N: usize> = alloc::vec::Vec<T>;
