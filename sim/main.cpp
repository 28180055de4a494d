#include "ketsim/cli/command_line.hpp"

int main(int argc, char** argv) {
  return ketsim::run_command_line(argc, argv);
}
