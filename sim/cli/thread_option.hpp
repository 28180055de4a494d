// The option --threads, which every verb that simulates has.
#pragma once

namespace CLI {
class App;
}

namespace ketsim {

void add_thread_option(CLI::App& verb, int& threads);

}  // namespace ketsim
