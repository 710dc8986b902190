// Fills a Mustache template (kainjow-mustache), strictly and without HTML escaping.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/result.h"

namespace mlpgen::tool {

// The text of `text` with the values of `values`, an object. Values: strings and numbers are
// inserted as they are; true, a string that is not empty, a number, an object or a list with
// entries open a section, everything else closes it. A key that the template names and `values`
// lacks is the error `unknown-key`; a template that Mustache cannot read is `bad-template`. `name`
// stands for the template in both.
Result<std::string> fill_template(const std::string& name, const std::string& text,
                                  const nlohmann::ordered_json& values);

}  // namespace mlpgen::tool
