//! The terminal, put back as it was however the view ends.

use std::io::{self, Write as _, stdout};
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, DisableLineWrap, EnableLineWrap, EndSynchronizedUpdate,
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode, size,
};
use crossterm::{execute, queue};

use super::screen::Size;

/// Whether there is something to put back.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal while the view owns it.
#[derive(Debug)]
pub struct Terminal;

impl Terminal {
    /// Takes the terminal: keys come one by one, and the reader's own screen waits behind.
    ///
    /// # Errors
    /// When the terminal does not let itself be set.
    pub fn take() -> io::Result<Self> {
        let hook = std::panic::take_hook();
        // A panic's message must land on the reader's own screen.
        std::panic::set_hook(Box::new(move |panic| {
            restore();
            hook(panic);
        }));
        TAKEN.store(true, Ordering::SeqCst);
        enable_raw_mode()?;
        execute!(stdout(), EnterAlternateScreen, DisableLineWrap, Hide)?;
        Ok(Self)
    }

    /// The size now; 80 × 24 when the terminal does not tell.
    pub fn size(&self) -> Size {
        // Some terminals answer 0 × 0.
        let told = size().ok().filter(|&(width, height)| width > 0 && height > 0);
        let (width, height) = told.unwrap_or((80, 24));
        Size { width: usize::from(width), height: usize::from(height) }
    }

    /// Shows these lines, from the top.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn show(&mut self, lines: &[String]) -> io::Result<()> {
        let mut out = stdout().lock();
        queue!(out, BeginSynchronizedUpdate)?;
        for (row, line) in (0u16..).zip(lines) {
            queue!(out, MoveTo(0, row))?;
            write!(out, "{line}")?;
            queue!(out, Clear(ClearType::UntilNewLine))?;
        }
        queue!(out, EndSynchronizedUpdate)?;
        out.flush()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        restore();
    }
}

/// Gives the terminal back, once.
pub fn restore() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        // Nothing could be done about a failure here; the terminal may be gone.
        let _ = execute!(stdout(), EnableLineWrap, Show, LeaveAlternateScreen);
        let _ = disable_raw_mode();
    }
}
