// HDF5 handles that close themselves, and errors that give the system's reason. Private to io.
//
// HDF5 answers with a negative number and leaves a stack of messages, which it prints by itself unless told
// not to. Here every call is checked: a failure throws Hdf5Error with the innermost system error ("No space
// left on device").
#pragma once

#include <hdf5.h>

#include <stdexcept>
#include <string>
#include <utility>

namespace ketsim::hdf5 {

//! A failed HDF5 call; callers add the path.
class Hdf5Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

//! Throws Hdf5Error: the system's reason from the library's stack of errors, or else `what` and the library's
//! own.
[[noreturn]] void fail(const std::string& what);

//! Passes an identifier or status on, or throws.
template <class Result>
Result check(Result result, const char* what) {
  if (result < 0) fail(what);
  return result;
}

//! Makes HDF5 safe to use in this scope: it prints no errors, and leaves the end of the process alone. Both
//! belong to the start of every entry to io (the first is a setting of the thread).
class QuietErrors {
 public:
  QuietErrors() {
    // At exit HDF5 would close files again that a full disk kept from closing, and crash over it (1.10.8).
    [[maybe_unused]] static const herr_t once = H5dont_atexit();
    H5Eget_auto2(H5E_DEFAULT, &function_, &data_);
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  }
  ~QuietErrors() { H5Eset_auto2(H5E_DEFAULT, function_, data_); }
  QuietErrors(const QuietErrors&) = delete;
  QuietErrors& operator=(const QuietErrors&) = delete;

 private:
  H5E_auto2_t function_ = nullptr;
  void* data_ = nullptr;
};

//! Owns an HDF5 identifier; `Close` is the library's function for its kind.
template <herr_t (*Close)(hid_t)>
class Handle {
 public:
  Handle() = default;
  Handle(hid_t id, const char* what) : id_(check(id, what)) {}
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, H5I_INVALID_HID)) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(id_, other.id_);
    return *this;
  }
  ~Handle() {
    if (id_ >= 0) Close(id_);
  }

  [[nodiscard]] hid_t get() const { return id_; }
  //! Closes and checks: data may still be on its way to the disk.
  void close(const char* what) {
    if (id_ >= 0) check(Close(std::exchange(id_, H5I_INVALID_HID)), what);
  }

 private:
  hid_t id_ = H5I_INVALID_HID;
};

using File = Handle<H5Fclose>;
using Group = Handle<H5Gclose>;
using Dataset = Handle<H5Dclose>;
using Space = Handle<H5Sclose>;
using Type = Handle<H5Tclose>;
using Attribute = Handle<H5Aclose>;
using Properties = Handle<H5Pclose>;

//! Variable-length UTF-8: the one form of text that both engines of xarray read, as data and as attribute.
[[nodiscard]] Type text_type();

//! How files are opened: format of HDF5 1.8, everything closed with the file, locks only where the file
//! system has them.
enum class Locking { own, none };
[[nodiscard]] Properties file_access(Locking locking);

}  // namespace ketsim::hdf5
