//! Lists that mostly have few items.

/// So many items are held without an allocation.
#[cfg(not(feature = "compact"))]
pub type Few<T, const N: usize> = smallvec::SmallVec<[T; N]>;

/// On a page an allocation is nothing beside the way from JavaScript, and each kind of list would have code of its own to grow.
#[cfg(feature = "compact")]
pub type Few<T, const N: usize> = alloc::vec::Vec<T>;

/// The same items. They are gone through by code that is compiled along where that is: it is the fastest.
#[cfg(not(feature = "compact"))]
pub(crate) fn steps<I: Iterator>(items: I) -> I {
    items
}

/// The same items, each got by a call of code that is there once.
#[cfg(feature = "compact")]
pub(crate) fn steps<I: Iterator>(items: I) -> Steps<I> {
    Steps(items)
}

#[cfg(feature = "compact")]
#[derive(Clone)]
pub(crate) struct Steps<I>(I);

#[cfg(feature = "compact")]
impl<I: Iterator> Iterator for Steps<I> {
    type Item = I::Item;

    #[inline(never)]
    fn next(&mut self) -> Option<I::Item> {
        self.0.next()
    }
}
