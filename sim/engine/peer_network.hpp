// From the ties that firms seek to the network in which they hear of each other.
#pragma once

#include "ketsim/model/world.hpp"

namespace ketsim {

//! Peer ties of the living, in both directions, each pair once, from the slots of World::sought. Linear in
//! ties.
void build_peers(World& world);

}  // namespace ketsim
