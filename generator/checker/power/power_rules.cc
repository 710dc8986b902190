// The power rules of each round.
#include "checker/power/power_rules.h"

namespace mlpgen::submission {

const PowerRules* power_rules(const Round& round) {
  static const PowerRules kV30{
      .ptdaemon = "1.10.0",
      .clock_tolerance_us = 1'000'000,
      .direct_current = false,
      .averages = false,
      .local_time = true,
      .strict_duration = true,
      .usual_errors = 1,
      .margin = false,
      .sources = {"817e1abe2b683f5c7402c76fbbf8ea091e153233971564641756c65bf20c6831",
                  "e40a91203afcf7199beeea09a31ed67e4c67671c3d5ea7bb1e795d9f7d201068",
                  "f94d0e68bd75e4de3201f152eba01bff999d79188b24333989ffdbb0606d93ab"}};
  static const PowerRules kV31{
      .ptdaemon = "1.10.0",
      .clock_tolerance_us = 500'000,
      .direct_current = false,
      .only_samples = true,
      .sources = {"0ec65084bf46ccac5620981e68db4de0dc74f3ae88f92ea7773494e042a95fab",
                  "721814bce8f3bef346ae0e083ff5afceac476a7748e71e26e3afdbd2b18a4df7",
                  "808835fbfae1b1e9d5b314bebbe7b41ceb85c0098e7c8628750b3f488960d5b6"}};
  static const PowerRules kV40{
      .ptdaemon = "1.10.0",
      .clock_tolerance_us = 800'000,
      .direct_current = true,
      .sources = {"410841679e428cd825ef1685a806e1f9e1e712d9a09b75aacc9c32253225dcdd"}};
  static const PowerRules kV50{
      .ptdaemon = "1.11.1",
      .clock_tolerance_us = 800'000,
      .direct_current = true,
      .analyser_list = true,
      .fourth_current = true,
      .sources = {"413e6d16bdf4d67cc19859c09e076cdc8ef783b7e011c7464ed06d2d2f9af723"}};
  const std::string& name = round.name.value;
  if (name == "v2.1") return nullptr;
  if (name == "v3.0") return &kV30;
  if (name == "v3.1") return &kV31;
  return round_before(name, "v5.0") ? &kV40 : &kV50;
}

const std::vector<PowerAnalyser>& power_analysers() {
  static const std::vector<PowerAnalyser> kAnalysers = {{"YokogawaWT210", 8},
                                                        {"YokogawaWT500", 35},
                                                        {"YokogawaWT500_multichannel", 48},
                                                        {"YokogawaWT310", 49},
                                                        {"YokogawaWT310E", 49},
                                                        {"YokogawaWT330", 52},
                                                        {"YokogawaWT330E", 52},
                                                        {"YokogawaWT330_multichannel", 77},
                                                        {"YokogawaWT210_DC", 508, true},
                                                        {"YokogawaWT310_DC", 549, true},
                                                        {"YokogawaWT330_DC", 586, true}};
  return kAnalysers;
}

}  // namespace mlpgen::submission
