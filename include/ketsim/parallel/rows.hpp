// Loops over the rows of a table on all cores, with the same bits for any number of threads.
//
// Rows are cut into blocks by their count alone, never by the number of threads. A loop that writes only its
// own rows is then free of races, and a sum adds the sums of the blocks in their order. Only the files of
// parallel/ know TBB; compiled with -DKETSIM_SERIAL the same loops run one block after the other, without
// TBB.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace ketsim {

//! Rows per block of sum_rows, and most of for_rows. Part of the numerical contract of sum_rows: another
//! value changes the last bits of sums.
inline constexpr std::size_t row_grain = 4096;

//! Rows per block of for_rows: of 30,000 rows enough blocks for all cores to end together, and of 1,600 some
//! at all. A multiple of 256.
[[nodiscard]] constexpr std::size_t rows_per_block(std::size_t count) {
  constexpr std::size_t least = 256;
  constexpr std::size_t enough = 16;
  return std::clamp((count / enough + least - 1) / least * least, least, row_grain);
}

//! Blocks that for_rows cuts so many rows into.
[[nodiscard]] constexpr std::size_t row_blocks(std::size_t count) {
  return (count + rows_per_block(count) - 1) / rows_per_block(count);
}

namespace detail {

//! A reference to a callable that takes an index: keeps TBB out of this header at one indirect call per
//! block.
class IndexFunction {
 public:
  template <class F>
  requires(!std::is_same_v<std::remove_const_t<F>, IndexFunction>)  // else it would take over copying
      explicit IndexFunction(F& function)
      : object_(std::addressof(function)), call_([](const void* object, std::size_t i) {
          (*const_cast<F*>(static_cast<const F*>(object)))(i);
        }) {}
  void operator()(std::size_t index) const { call_(object_, index); }

 private:
  const void* object_;
  void (*call_)(const void*, std::size_t);
};

void run_blocks(std::size_t count, std::size_t most_threads,
                IndexFunction function);                    //!< of one world, by threads that stay awake
void run_tasks(std::size_t count, IndexFunction function);  //!< each with loops of its own

//! Of so few blocks the caller's thread does all: to hand them out costs more than it saves.
inline constexpr std::size_t too_few_blocks = 3;
//! At least: blocks are small, and threads that come for one would only hold up each other.
inline constexpr std::size_t blocks_per_thread = 2;

//! Calls f(block, begin, end) for blocks of `grain` rows.
template <class F>
void for_blocks(std::size_t count, std::size_t grain, F&& f) {
  const auto block = [&f, count, grain](std::size_t b) { f(b, b * grain, std::min(count, (b + 1) * grain)); };
  const std::size_t blocks = (count + grain - 1) / grain;
  if (blocks > too_few_blocks) return run_blocks(blocks, blocks / blocks_per_thread, IndexFunction(block));
  for (std::size_t b = 0; b < blocks; ++b) block(b);
}

}  // namespace detail

//! Calls f(block, begin, end) for the row_blocks(count) blocks that together cover the rows 0 to count - 1
//! once, of rows_per_block(count) each. Blocks run in any order and at the same time: f writes to its own
//! rows, or to what it keeps of its own block. An exception in a block is thrown here, after the running ones
//! have ended.
template <class F>
void for_row_blocks(std::size_t count, F&& f) {
  detail::for_blocks(count, rows_per_block(count), f);
}

//! The same without the number of the block.
template <class F>
void for_rows(std::size_t count, F&& f) {
  for_row_blocks(count, [&f](std::size_t, std::size_t begin, std::size_t end) { f(begin, end); });
}

//! The same for rows that cost more each, as firms that enter or leave: blocks of few_rows.
inline constexpr std::size_t few_rows = 32;
template <class F>
void for_few_rows(std::size_t count, F&& f) {
  const auto block = [&f, count](std::size_t b) { f(b * few_rows, std::min(count, (b + 1) * few_rows)); };
  const std::size_t blocks = (count + few_rows - 1) / few_rows;
  if (blocks == 1) return block(0);
  if (blocks > 1)
    detail::run_blocks(blocks, blocks / detail::blocks_per_thread, detail::IndexFunction(block));
}

//! The sum over all rows of f(begin, end) -> T, T{} for no rows. T needs a copy and +=. Blocks are added in
//! order.
template <class T, class F>
[[nodiscard]] T sum_rows(std::size_t count, F&& f) {
  static_assert(!std::is_same_v<T, bool>, "sum_rows adds numbers");
  std::vector<T> partial((count + row_grain - 1) / row_grain);
  detail::for_blocks(count, row_grain, [&](std::size_t block, std::size_t begin, std::size_t end) {
    partial[block] = f(begin, end);
  });
  T total{};
  for (const T& part : partial) total += part;
  return total;
}

//! Calls f(i) for i = 0 to count - 1: large parts of the work on one world. A thread that waits for them
//! helps with them only. Parts may use for_rows.
template <class F>
void for_parts(std::size_t count, F&& f) {
  if (count > 0) detail::run_blocks(count, count, detail::IndexFunction(f));
}

//! Calls f(i) for i = 0 to count - 1 as separate tasks: for coarse work such as replicates. Tasks may use
//! for_rows.
template <class F>
void for_tasks(std::size_t count, F&& f) {
  if (count == 0) return;
  if (count == 1) return static_cast<void>(f(std::size_t{0}));
  detail::run_tasks(count, detail::IndexFunction(f));
}

//! Bounds the threads of all loops while it lives; 0: all cores. Of several the smallest bound holds, and
//! there are never more threads than the cores that this process may use.
class ThreadLimit {
 public:
  explicit ThreadLimit(int threads);
  ~ThreadLimit();
  ThreadLimit(const ThreadLimit&) = delete;
  ThreadLimit& operator=(const ThreadLimit&) = delete;

 private:
  struct Control;
  std::unique_ptr<Control> control_;
};

//! The same for the rest of the process. Where a limit ends, TBB may start threads, and ends the process if
//! it gets no memory for them.
void limit_threads(int threads);

//! Threads that a loop may use now, at least 1.
[[nodiscard]] int available_threads();

}  // namespace ketsim
