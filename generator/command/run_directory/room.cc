// Costs of the plan against the free bytes of the disks.
#include "command/run_directory/room.h"

#include <filesystem>

#include "command/run_directory/needed_edges.h"
#include "command/run_directory/plan_state.h"
#include "machine/network_file_system.h"
#include "query/costs.h"
#include "store/store.h"
#include "text/units.h"

namespace mlpgen {

PlanAnswer needed_work(const Session& session, const Resolution& resolution,
                       const Planned& planned) {
  Work work(resolution, planned, done_edges(planned.plan));
  PlanAnswer needed = plan_answer(work, needed_edges(planned.plan), *session.library, session.lock,
                                  session.saved.mirrors);
  look_in_store(needed.fetches);
  return needed;
}

RoomNeeded room_needed_by(const PlanAnswer& needed) {
  return {bytes_to_fetch(needed.fetches), needed.made.bytes, needed.made.unknown.size()};
}

// What is fetched lies in the store and, by a link or as a copy, in the run directory.
std::vector<Place> places_of(const RoomNeeded& room) {
  std::error_code why;
  std::string here = std::filesystem::current_path(why);
  std::vector<Place> places = {{"the run directory", here, may_write(here), "", free_bytes(here),
                                room.fetched.known + room.made, room.fetched.unknown + room.unknown,
                                ""}};
  // A run directory may be on a network file system; the store's and the machine's locks may not.
  if (Result<std::string> store = Store::default_root())
    places.push_back({"the store", *store, may_write(*store),
                      std::string(network_file_system_at(nearest_existing(*store))),
                      free_bytes(*store), room.fetched.known, room.fetched.unknown,
                      "MLPGEN_STORE"});
  return places;
}

bool check_room(Session& session, const PlanAnswer& needed) {
  bool enough = true;
  for (const Place& place : places_of(room_needed_by(needed))) {
    if (!place.free || *place.free >= place.needs) continue;
    enough = false;
    session.sink
        .warning("too-little-room", {},
                 place.name + " is on a disk with too little room: " + readable_bytes(place.needs) +
                     " will come at least")
        .note({}, place.path)
        .with_help(
            (place.variable.empty()
                 ? std::string("free some space, or name a folder on another disk with -C")
                 : "free some space, or set " + place.variable + " to a folder on another disk") +
            "; `mlpgen plan` says what takes it, `mlpgen doctor` what is free");
  }
  return enough;
}

}  // namespace mlpgen
