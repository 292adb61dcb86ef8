//! Hessian2, complete. [S-06]
