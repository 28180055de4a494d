// The names of a result file: PATH.part while it grows, PATH when it is complete. Private to io.
#pragma once

#include <string>

namespace ketsim {

// All throw std::runtime_error with path and reason.

//! Before hours of computing: can `path` be written at the end?
void check_result_path(const std::string& path, const std::string& part);

//! Makes PATH.part where there is none, and keeps all other processes from writing it. HDF5's own lock comes
//! only after it has emptied a file, and many clusters switch it off.
class PartLock {
 public:
  explicit PartLock(const std::string& path);
  ~PartLock();
  PartLock(const PartLock&) = delete;
  PartLock& operator=(const PartLock&) = delete;

 private:
  int file_ = -1;
};

//! Puts `part` on disk and renames it, so that after a power failure `path` is complete or absent.
void give_final_name(const std::string& part, const std::string& path);

}  // namespace ketsim
