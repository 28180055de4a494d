// The verbs of `ketsim`. Each adds its arguments to the command line and, when it is the one asked for,
// leaves in `work` what is to be done; work returns the exit code.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace ketsim {

using Work = std::function<int()>;

void add_run(CLI::App& app, Work& work);
void add_compare(CLI::App& app, Work& work);
void add_resume(CLI::App& app, Work& work);
void add_sweep(CLI::App& app, Work& work);
void add_validate(CLI::App& app, Work& work);
void add_schema(CLI::App& app, Work& work);
void add_describe(CLI::App& app, Work& work);

}  // namespace ketsim
