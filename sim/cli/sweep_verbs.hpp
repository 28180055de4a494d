// What the verbs of `ketsim sweep` do. Each returns the exit code.
#pragma once

#include <string>
#include <vector>

#include "ketsim/experiment/sweep.hpp"

namespace ketsim {

struct SweepRunArguments {
  std::string folder;
  Shard shard;
  int threads = 0;  //!< 0: all cores
  bool is_quiet = false;
};

struct SweepSlurmArguments {
  std::string folder;
  std::size_t tasks = 1;
  std::size_t cpus_per_task = 1;
  std::string account;  //!< empty, as the two below: Slurm's default
  std::string partition;
  std::string time;
  std::vector<std::string> modules;
  bool submit = false;
};

//! Is it a sweep file, not a scenario?
[[nodiscard]] bool is_sweep_file(const std::string& file);
//! What the file plans, in a few words; throws InputError with all problems.
[[nodiscard]] std::string check_sweep(const std::string& file);

[[nodiscard]] int plan_sweep(const std::string& file, const std::string& folder);
[[nodiscard]] int run_sweep_shard(const SweepRunArguments& arguments);
[[nodiscard]] int tell_sweep_status(const std::string& folder);
//! `must_be_complete`: writes nothing while runs are missing.
[[nodiscard]] int collect_sweep_file(const std::string& folder, const std::string& output,
                                     bool must_be_complete);
//! Batch scripts in the sweep's folder; submits them where asked to.
[[nodiscard]] int write_slurm_scripts(const SweepSlurmArguments& arguments);

}  // namespace ketsim
