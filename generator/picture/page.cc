// A picture to one HTML page: the template with the style, the script and the picture's JSON in it.
#include <nlohmann/json.hpp>

#include "picture/page_parts.h"
#include "picture/picture.h"
#include "text/text.h"

namespace mlpgen {
namespace {

std::string html_text(std::string text) {
  text = replace_all(replace_all(std::move(text), "&", "&amp;"), "<", "&lt;");
  return replace_all(std::move(text), "\"", "&quot;");
}

// The part of the template with that name; each stands in it once, as {{NAME}}.
std::string part(const std::string& name, const Picture& p, const std::string& written) {
  if (name == "style") return std::string(kPageStyle);
  if (name == "script") return std::string(kPageScript);
  if (name == "title") return html_text(join(p.input.request, " "));
  if (name == "written") return html_text(written);
  // A '<' in a text could end the element that holds the JSON.
  return replace_all(to_json(p).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace), "<",
                     "\\u003c");
}

}  // namespace

std::string to_page(const Picture& picture, const std::string& written) {
  std::string_view rest = kPageFrame;
  std::string out;
  for (size_t open; (open = rest.find("{{")) != std::string_view::npos;) {
    size_t close = rest.find("}}", open);
    out += rest.substr(0, open);
    out += part(std::string(rest.substr(open + 2, close - open - 2)), picture, written);
    rest.remove_prefix(close + 2);
  }
  return out.append(rest);
}

}  // namespace mlpgen
