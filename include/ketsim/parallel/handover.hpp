// Tells ThreadSanitizer what TBB guarantees: the caller of a loop comes before and after all of its parts,
// and the turns of a pipeline follow each other.
//
// The distribution's libtbb is not built with the sanitizer, which would otherwise report every value that a
// part reads from its caller as a race. Parts stay unordered among themselves, so that races between them are
// still found. Without the sanitizer all of this compiles to nothing.
#pragma once

#if defined(__SANITIZE_THREAD__)
#define KETSIM_THREAD_SANITIZER
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define KETSIM_THREAD_SANITIZER
#endif
#endif

#ifdef KETSIM_THREAD_SANITIZER
#include <sanitizer/tsan_interface.h>
#endif

namespace ketsim::detail {

// An address stands for each edge between two threads; no value is ever stored there.
#ifdef KETSIM_THREAD_SANITIZER
inline void acquire(void* edge) {
  __tsan_acquire(edge);
}
inline void release(void* edge) {
  __tsan_release(edge);
}
#else
inline void acquire(void*) {}
inline void release(void*) {}
#endif

//! Passes from one turn to the next, of which there is one at a time.
class Baton {
 public:
  //! Lives as long as one turn.
  class Turn {
   public:
    explicit Turn(Baton& baton) : baton_(baton) { acquire(&baton_.edge_); }
    ~Turn() { release(&baton_.edge_); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

   private:
    Baton& baton_;
  };

 private:
  char edge_ = 0;
};

//! Lives in the caller as long as one loop.
class Handover {
 public:
  Handover() { release(&begin_); }
  ~Handover() { acquire(&end_); }
  Handover(const Handover&) = delete;
  Handover& operator=(const Handover&) = delete;

  //! Lives as long as one part of the loop runs.
  class Part {
   public:
    explicit Part(Handover& handover) : handover_(handover) { acquire(&handover_.begin_); }
    ~Part() { release(&handover_.end_); }
    Part(const Part&) = delete;
    Part& operator=(const Part&) = delete;

   private:
    Handover& handover_;
  };

 private:
  char begin_ = 0;
  char end_ = 0;
};

}  // namespace ketsim::detail
