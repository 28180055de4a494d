// Ctrl-C, `kill` and the signal by which batch systems announce the end of a job's time: the first signal
// asks a run to stop in good order, a second one ends the program at once.
#pragma once

namespace ketsim {

//! From now on SIGINT, SIGTERM and SIGUSR1 are noted and no longer end the program.
void watch_for_interrupts();

//! The signal that came, or 0.
[[nodiscard]] int interrupting_signal();

}  // namespace ketsim
