#include "checker/power/power_times.h"

#include <doctest/doctest.h>

#include <string>

using namespace mlpgen::submission;

TEST_CASE("a time is month, day, year and a fraction of a second") {
  CHECK(power_time("01-01-1970 00:00:01.5") == 1'500'000);
  CHECK(power_time("07-12-2025 23:27:00.311") == 1'752'362'820'311'000);
  CHECK(power_time("2-9-2024 1:2:3.000001") == 1'707'440'523'000'001);
  for (const char* text :
       {"", "02-30-2024 00:00:00.0", "07-12-25 23:27:00.311", "07-12-2025 24:00:00.0",
        "07-12-2025 23:27:00", "07-12-2025 23:27:00.", "07-12-2025 23:27:00.0 ",
        "07-12-2025 23:27:60.0", "13-12-2025 23:27:00.0"})
    CHECK_MESSAGE(!power_time(text), text);
}

TEST_CASE(
    "the load lasts from power_begin to power_end, and the first line without a time ends it") {
  auto load = load_times(
      "x\n{\"power_begin\": \"01-01-1970 00:00:01.0\"}\nPOWER_END 01-01-1970 "
      "00:00:03.5\npower_end 01-01-1970 00:00:09.0\n");
  REQUIRE(load);
  CHECK(load->begin_us == 1'000'000);
  CHECK(load->seconds() == 2.5);
  CHECK(!load_times("power_begin now\npower_end 01-01-1970 00:00:03.5\n"));
  CHECK(!load_times("power_begin 01-01-1970 00:00:03.5\n"));
}

TEST_CASE("samples within the load and above 0 W are averaged") {
  std::string spl;
  for (const char* sample :
       {"01.0,Watts,7", "01.5,Watts,10", "02.0,Watts,0", "02.5,Watts,20", "03.0,Watts,7"})
    spl += std::string("Time,01-01-1970 00:00:") + sample + ",Volts,2,Amps,3,PF,0.5,Mark,m\n";
  LoadTimes load{1'000'000, 3'000'000};
  CHECK(power_samples(spl, load, true).watts == 15);
  CHECK(power_samples(spl + "\n", load, false).bad_line == 0);
  CHECK(power_samples(spl + "\n", load, true).bad_line == 6);
  CHECK(power_samples("Time,01-01-1970 00:00:02.0,Watts,x,V,2,A,3,PF,1\n", load, false).bad_line ==
        1);
  CHECK(power_samples("", load, false).watts == -1);
}
