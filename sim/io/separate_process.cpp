#include "separate_process.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <string_view>
#include <system_error>

namespace ketsim {
namespace {

constexpr rlim_t most_work = 2;              // of the processor; a sound result takes milliseconds
constexpr rlim_t most_memory = 400'000'000;  // beyond what the process holds already

[[noreturn]] void fail() {
  throw std::system_error(errno, std::generic_category(), "cannot start a process");
}

void limit(int resource, rlim_t value) {
  const struct rlimit both { value, value };
  ::setrlimit(static_cast<__rlimit_resource>(resource), &both);
}

//! Memory that counts for RLIMIT_DATA.
rlim_t bytes_held() {
  std::ifstream file("/proc/self/statm");
  std::array<rlim_t, 6> pages{};  // size, resident, shared, text, library, data and stack
  for (rlim_t& count : pages) file >> count;
  return pages.back() * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE));
}

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t step = ::write(file, bytes.data(), bytes.size());
    if (step < 0 && errno == EINTR) continue;
    if (step <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(step));
  }
  return true;
}

//! The copy: it ends here, without what a process does at its end, which belongs to the other one.
[[noreturn]] void work_and_end(const std::function<std::string()>& work, int to) {
  for (const int number : {SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGFPE, SIGXCPU}) std::signal(number, SIG_DFL);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_CPU, most_work);
  limit(RLIMIT_DATA, bytes_held() + most_memory);
  const bool is_told = write_all(to, work());
  ::_exit(is_told ? EXIT_SUCCESS : EXIT_FAILURE);
}

std::string read_to_end(int from) {
  std::string bytes;
  std::array<char, std::size_t{1} << 16> block{};
  for (;;) {
    const ssize_t step = ::read(from, block.data(), block.size());
    if (step < 0 && errno == EINTR) continue;
    if (step <= 0) return bytes;
    bytes.append(block.data(), static_cast<std::size_t>(step));
  }
}

bool ends_well(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return false;
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS;
}

}  // namespace

std::optional<std::string> in_separate_process(const std::function<std::string()>& work) {
  std::array<int, 2> pipe{};
  if (::pipe(pipe.data()) != 0) fail();
  const auto [from, to] = pipe;
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(from);
    work_and_end(work, to);
  }
  const int reason = errno;
  ::close(to);
  std::string bytes = child < 0 ? std::string() : read_to_end(from);
  ::close(from);
  errno = reason;
  if (child < 0) fail();
  if (!ends_well(child)) return std::nullopt;
  return bytes;
}

}  // namespace ketsim
