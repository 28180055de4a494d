// A planned sweep on disk. All that its runs need is in its folder, so that it can be copied to a cluster:
//
//   plan.yaml         the sweep with every default explicit, and the SHA-256 of all files of the plan
//   points.csv        the design: a line a point, a column a factor
//   scenarios/        the scenarios as they are without any factor, and their tables
//   runs/             journals of the work (experiment/journal.hpp)
#pragma once

#include <map>
#include <string>
#include <vector>

#include "ketsim/experiment/sweep.hpp"
#include "ketsim/io/scenario_file.hpp"

namespace ketsim {

//! A file that the plan was made from, to tell when it changes.
struct SweepSource {
  std::string path;
  std::string sha256;
};

struct PlannedSweep {
  SweepPlan plan;
  std::vector<LoadedScenario> scenarios;  //!< as they are without any factor, the baseline first
  std::vector<SweepSource> sources;
};

[[nodiscard]] std::string runs_folder(const std::string& folder);
//! The plan's files and the journals.
[[nodiscard]] std::vector<std::string> files_of(const std::string& folder);
//! Would `path` stand among the scenarios or the journals?
[[nodiscard]] bool is_among_files_of(const std::string& folder, const std::string& path);

//! Writes a plan; what was done under an earlier one stays. Throws InputError where the folder holds
//! something else, or while processes work in it.
void write_plan(const std::string& folder, const PlannedSweep& sweep);

//! Throws InputError with one sentence where the folder holds no plan, a changed one or one of another
//! version.
[[nodiscard]] PlannedSweep read_plan(const std::string& folder);

//! Sources that are no longer what they were when the plan was made.
[[nodiscard]] std::vector<std::string> changed_sources(const PlannedSweep& sweep);

//! The scenarios of one point, from what was read with the plan: the folder may change meanwhile.
[[nodiscard]] std::vector<ExperimentScenario> load_point(const PlannedSweep& sweep,
                                                         const std::vector<std::string>& values);

//! Gives a scenario the seed and replicates of the sweep.
void take_luck_of(const SweepSettings& settings, Scenario& scenario);

//! Of every point, from all that its results follow from; the same wherever scenarios and tables stand.
[[nodiscard]] std::vector<RecordId> identities_of(const PlannedSweep& sweep);

}  // namespace ketsim
