//! Countersign beside other signers. All of it is in `benches`.
