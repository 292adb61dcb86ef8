//! Measuring on one core, so that the scheduler's choice of core is not what is measured.

/// While it lives, this thread and the threads that it starts stay on one core (Linux; elsewhere it does
/// nothing, and the numbers vary more).
///
/// A call wakes a thread: on the same core that is a switch, on another an interrupt that costs several
/// times as much. Which of the two happens changes from run to run.
pub struct OneCore {
    #[cfg(target_os = "linux")]
    before: Option<nix::sched::CpuSet>,
}

#[cfg(target_os = "linux")]
mod linux {
    use nix::sched::{CpuSet, sched_getaffinity, sched_setaffinity};
    use nix::unistd::Pid;

    use super::OneCore;

    /// Zero means: the calling thread.
    const SELF: Pid = Pid::from_raw(0);

    impl OneCore {
        /// Stays on the first core that is allowed, until it is dropped.
        pub fn enter() -> Self {
            // Where it is forbidden, the act is played on all cores.
            let before = sched_getaffinity(SELF).ok();
            if let Some(allowed) = &before
                && let Some(first) = (0..CpuSet::count()).find(|&core| allowed.is_set(core) == Ok(true))
            {
                let mut one = CpuSet::new();
                let _ = one.set(first).and_then(|()| sched_setaffinity(SELF, &one));
            }
            Self { before }
        }
    }

    impl Drop for OneCore {
        fn drop(&mut self) {
            if let Some(before) = &self.before {
                let _ = sched_setaffinity(SELF, before);
            }
        }
    }
}

#[cfg(not(target_os = "linux"))]
impl OneCore {
    /// Does nothing on this system.
    pub fn enter() -> Self {
        Self {}
    }
}
