// The pages of docs/diagnostics/, built into the program.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace mlpgen {

struct Page {
  std::string_view id;    // the diagnostic's word
  std::string_view text;  // Markdown
};

std::span<const Page> diagnostic_pages();    // sorted by id
const Page* find_page(std::string_view id);  // nullptr where there is none
// What stands after the heading, up to the end of its first sentence; one line.
std::string first_sentence(const Page& page);

}  // namespace mlpgen
