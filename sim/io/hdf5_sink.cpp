#include "ketsim/io/hdf5_sink.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <exception>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <vector>

#include "hdf5_blocks.hpp"
#include "hdf5_header.hpp"
#include "hdf5_rows.hpp"
#include "ketsim/base/contracts.hpp"
#include "ketsim/parallel/rows.hpp"
#include "result_file_name.hpp"

namespace ketsim {

//! What is open between begin() and finish(). Members close in reverse order, the file last.
struct Hdf5Sink::OpenFile {
  hdf5::File file;
  hdf5::Axes axes;
  std::vector<hdf5::SeriesBlocks> series;
  std::optional<hdf5::RowGroup> rows;  //!< firm by firm
  std::uint32_t replicates = 0;        //!< taken so far

  explicit OpenFile(hdf5::File opened) : file(std::move(opened)), axes(file.get()) {}

  void flush() { hdf5::check(H5Fflush(file.get(), H5F_SCOPE_GLOBAL), "cannot write to disk"); }

  //! Blocks that wait for more replicates go to the file as they are; they may still fill up and go again.
  void store_waiting() {
    std::vector<hdf5::Block*> waiting;
    for (hdf5::SeriesBlocks& blocks : series) {
      for (hdf5::Block& block : blocks.waiting()) waiting.push_back(&block);
    }
    for_tasks(waiting.size(), [&](std::size_t i) { waiting[i]->pack(); });
    for (const hdf5::Block* block : waiting) block->store();
  }

  void close() {
    store_waiting();
    for (hdf5::SeriesBlocks& blocks : series) blocks.finish(replicates);
    axes.close();
    if (rows) rows->close();
    flush();
    file.close("cannot close the file");
  }
};

//! Runs `work` with HDF5's own messages off; its failures name the file.
template <class Work>
auto Hdf5Sink::guarded(const Work& work) {
  const hdf5::QuietErrors quiet;
  try {
    return work();
  } catch (const hdf5::Hdf5Error& error) {
    throw std::runtime_error("cannot write " + path_ + ": " + error.what());
  }
}

//! A replicate whose values are as the file stores them, and the blocks that it completes.
class Hdf5Sink::StoredReplicate final : public Parcel {
 public:
  StoredReplicate(Hdf5Sink& sink, OpenFile& file, ReplicateResult result)
      : sink_(sink), file_(file), scenario_(result.scenario), replicate_(result.replicate) {
    expect(result.values.size() == file_.series.size(), "a replicate has values for every series");
    for (std::size_t i = 0; i < result.values.size(); ++i)
      values_.push_back(file_.series[i].to_stored(std::move(result.values[i])));
  }

  void sort() override {
    for (std::size_t i = 0; i < values_.size(); ++i)
      file_.series[i].put(scenario_, replicate_, std::move(values_[i]), blocks_);
    values_.clear();
    file_.replicates = std::max(file_.replicates, replicate_ + 1);
  }

  // In parts: the last world, or the only one, finds the other cores idle.
  void pack() override {
    for_parts(blocks_.size(), [&](std::size_t i) { blocks_[i].pack(); });
  }

  void store() override {
    if (blocks_.empty()) return;
    sink_.guarded([&] {
      for (const hdf5::Block& block : blocks_) block.store();
      file_.flush();
    });
    blocks_.clear();
  }

 private:
  Hdf5Sink& sink_;
  OpenFile& file_;
  std::uint32_t scenario_;
  std::uint32_t replicate_;
  std::vector<StoredValues> values_;  //!< by series
  std::vector<hdf5::Block> blocks_;
};

Hdf5Sink::Hdf5Sink(std::string path)
    : path_(std::move(path)), part_(path_ + ".part"), exceptions_at_start_(std::uncaught_exceptions()) {}

Hdf5Sink::~Hdf5Sink() {
  if (!file_) return;
  const hdf5::QuietErrors quiet;
  if (!has_header() || std::uncaught_exceptions() > exceptions_at_start_) {
    file_.reset();
    std::error_code ignored;
    std::filesystem::remove(part_, ignored);
    return;
  }
  try {
    file_->store_waiting();
    file_->axes.close();
    if (file_->rows) file_->rows->close();
  } catch (const std::exception&) {  // a destructor has nobody to tell; the replicates stored before are safe
  }
  file_.reset();
}

namespace {

// Where the disk is nearly full, better told now than after the first world; and where memory is bounded,
// worlds that begin meanwhile could take what HDF5 was promised.
bool may_fail_for_want_of_room(const std::string& file) {
  constexpr std::uintmax_t nearly_full = 64 << 20;  // a header with all its inputs takes a few MB [byte]
  std::error_code unknown;
  rlimit memory{};
  return std::filesystem::space(file, unknown).available < nearly_full ||
         (::getrlimit(RLIMIT_AS, &memory) == 0 && memory.rlim_cur != RLIM_INFINITY);
}

}  // namespace

bool Hdf5Sink::has_header() const {
  try {
    header_written_.wait();
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

void Hdf5Sink::begin(const ResultHeader& header) {
  expect(file_ == nullptr, "begin() comes once");
  expect(!header.scenarios.empty() && header.months > 0 && header.replicates > 0,
         "a result has something to hold");
  check_result_path(path_, part_);
  lock_ = std::make_unique<PartLock>(path_);
  hdf5::ask_for_memory();
  guarded([&] { file_ = std::make_unique<OpenFile>(hdf5::create_file(part_)); });
  // Of a copy, as the caller's may be gone after a failure elsewhere.
  const auto write = [this, copy = std::make_shared<const ResultHeader>(header)] {
    guarded([&] { write_header(*copy); });
  };
  if (may_fail_for_want_of_room(part_))
    write();
  else
    header_written_ = Background(write);  // some 9 ms: meanwhile worlds begin
}

void Hdf5Sink::write_header(const ResultHeader& header) {
  hdf5::write_global_attributes(file_->file.get(), header);
  hdf5::add_coordinates(file_->axes, header);
  for (const Series& series : header.series) file_->series.emplace_back(file_->axes, series);
  hdf5::write_provenance(file_->file.get(), header);
  hdf5::write_inputs(file_->file.get(), header);
  hdf5::write_parameters(file_->file.get(), header);
  hdf5::write_record(file_->file.get(), header);
  if (header.rows) file_->rows.emplace(file_->file.get(), *header.rows);
  file_->flush();
}

Hdf5Sink::OpenFile& Hdf5Sink::opened() const {
  expect(file_ != nullptr, "results go to a sink between begin() and finish()");
  header_written_.wait();
  return *file_;
}

std::unique_ptr<Parcel> Hdf5Sink::accept(ReplicateResult result) {
  return std::make_unique<StoredReplicate>(*this, opened(), std::move(result));
}

void Hdf5Sink::flush() {
  OpenFile& file = opened();
  guarded([&] {
    file.store_waiting();
    file.flush();
  });
}

void Hdf5Sink::write_rows(const Rows& rows) {
  OpenFile& file = opened();
  expect(file.rows.has_value(), "write_rows() needs a table in the header");
  guarded([&] { file.rows->append(rows); });
}

void Hdf5Sink::write_measures(const std::vector<Dimension>& dimensions,
                              const std::vector<Measure>& measures) {
  OpenFile& file = opened();
  guarded([&] {
    hdf5::Axes& axes = file.axes;
    axes.resize("replicate", file.replicates);
    for (const Dimension& dimension : dimensions) {
      if (!axes.contains(dimension.name)) {
        axes.add_texts({dimension.name, "1", dimension.doc}, dimension.labels);
      } else {
        expect(axes.sizes({dimension.name})[0] == dimension.labels.size(),
               "a dimension has one list of labels");
      }
    }
    for (const Measure& measure : measures) hdf5::write_measure(axes, measure);
  });
}

void Hdf5Sink::finish() {
  OpenFile& file = opened();
  guarded([&] {
    file.axes.resize("replicate", file.replicates);
    file.close();
  });
  file_.reset();
  give_final_name(part_, path_);
}

}  // namespace ketsim
