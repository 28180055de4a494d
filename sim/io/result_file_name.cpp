#include "result_file_name.hpp"

#include "ketsim/io/output_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <system_error>

namespace ketsim {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& path, const std::string& reason) {
  throw std::runtime_error("cannot write " + path + ": " + reason);
}

[[noreturn]] void fail_with_errno(const std::string& path) {
  fail(path, std::generic_category().message(errno));
}

fs::path folder_of(const std::string& path) {
  const fs::path folder = fs::path(path).parent_path();
  return folder.empty() ? fs::path(".") : folder;
}

void check_is_file_or_absent(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found || fs::is_regular_file(status)) return;
  fail(path, fs::is_directory(status) ? "it is a folder"
             : error                  ? error.message()
                                      : "it is not a regular file");
}

//! A file descriptor that closes itself.
class Descriptor {
 public:
  Descriptor(const char* path, int flags) : number_(::open(path, flags | O_CLOEXEC)) {}
  ~Descriptor() {
    if (is_open()) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] bool is_open() const { return number_ >= 0; }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

// As journals are locked: of the open file, so that it works over network file systems too.
bool lock(int file) {
  struct flock whole_file {};
  whole_file.l_type = F_WRLCK;
  whole_file.l_whence = SEEK_SET;
  return ::fcntl(file, F_OFD_SETLK, &whole_file) == 0;
}

// Whoever had it before may have removed or renamed it since it was opened here.
bool still_has_name(int file, const std::string& path) {
  struct stat own {};
  struct stat named {};
  return ::fstat(file, &own) == 0 && ::stat(path.c_str(), &named) == 0 && own.st_ino == named.st_ino &&
         own.st_dev == named.st_dev;
}

void put_on_disk(const std::string& path, int flags) {
  const Descriptor file(path.c_str(), flags);
  if (!file.is_open() || ::fsync(file.number()) != 0) fail_with_errno(path);
}

}  // namespace

void check_result_path(const std::string& path, const std::string& part) {
  if (path.empty()) fail("a result", "its file name is empty");
  const fs::path folder = folder_of(path);
  std::error_code error;
  const fs::file_status status = fs::status(folder, error);
  if (fs::exists(status) && !fs::is_directory(status)) fail(path, folder.string() + " is not a folder");
  if (!fs::is_directory(status)) fail(path, "folder " + folder.string() + ": " + error.message());
  check_is_file_or_absent(path);
  check_is_file_or_absent(part);
}

PartLock::PartLock(const std::string& path) {
  const std::string part = path + ".part";
  constexpr mode_t all_read = 0644;
  do {
    if (file_ >= 0) ::close(file_);
    file_ = ::open(part.c_str(), O_RDWR | O_CREAT | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC, all_read);
    if (file_ < 0 && errno == ELOOP) fail(part, "it is a link; remove it");
    if (file_ < 0) fail_with_errno(path);
    if (lock(file_) || (errno != EAGAIN && errno != EACCES)) continue;  // there may be no locks at all
    ::close(file_);
    fail(part, "another run is writing it");
  } while (!still_has_name(file_, part));
}

PartLock::~PartLock() {
  ::close(file_);
}

void give_final_name(const std::string& part, const std::string& path) {
  put_on_disk(part, O_RDONLY);
  if (std::rename(part.c_str(), path.c_str()) != 0) fail_with_errno(path);
  put_on_disk(folder_of(path).string(), O_RDONLY | O_DIRECTORY);
}

std::string follow_links(const std::string& path) {
  constexpr int most_links = 40;  // as the system takes in a row
  fs::path place = path;
  std::error_code error;
  for (int i = 0; i < most_links && fs::is_symlink(place, error); ++i)
    place = place.parent_path() / fs::read_symlink(place, error);  // an absolute one replaces the folder
  return place.string();
}

void make_way_for(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::symlink_status(path, error);
  if (status.type() == fs::file_type::not_found || fs::is_regular_file(status)) return;
  if (!fs::remove(path, error)) fail(path, error.message());
}

void write_text_file(const std::string& path, std::string_view text) {
  const std::string part = path + ".part";
  make_way_for(part);
  {
    std::ofstream stream(part, std::ios::binary | std::ios::trunc);
    stream << text;
    stream.close();
    if (!stream) fail_with_errno(path);
  }
  give_final_name(part, path);
}

}  // namespace ketsim
