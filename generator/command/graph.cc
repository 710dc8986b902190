// mlpgen graph: the request as a picture, on stdout or in a file.
#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "command/options.h"
#include "command/request/session.h"
#include "command/run_directory/edge_states.h"
#include "file/file.h"
#include "picture/picture.h"
#include "text/text.h"

namespace mlpgen {
namespace {

const std::vector<std::string> kPictureFormats = {"html", "dot", "mermaid", "json"};

// What --format says, else what the ending of the file says, else dot.
std::string picture_format(const CommandLine& line) {
  if (line.has("--format")) return line.option("--format");
  static const std::vector<std::pair<std::string, std::string>> kEndings = {{".html", "html"},
                                                                            {".htm", "html"},
                                                                            {".mmd", "mermaid"},
                                                                            {".mermaid", "mermaid"},
                                                                            {".json", "json"}};
  for (const auto& [ending, format] : kEndings)
    if (line.option("--output").ends_with(ending)) return format;
  return "dot";
}

std::string time_in_words() {
  std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%d %H:%M UTC", &utc);
  return text;
}

std::string drawing(const Picture& p, const std::string& format, bool build_edges) {
  if (format == "html") return to_page(p, time_in_words());
  if (format == "mermaid") return to_mermaid(p, build_edges);
  if (format == "json")
    return to_json(p).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  return to_dot(p, build_edges);
}

void write_drawing(const std::string& text, const std::string& file, const std::string& shown,
                   const Picture& p, Sink& sink) {
  if (file.empty()) {
    std::cout << text << std::flush;
    return;
  }
  Status written = write_file(file, text);
  if (!written)
    sink.error("unwritable-file", {}, written.error().message)
        .with_help("choose another file with --output, or make its folder first");
  else
    std::cout << "Wrote " << shown << ": " << counted(p.nodes.size(), "instance") << ", "
              << counted(p.edges.size(), "edge") << "\n";
}

}  // namespace

static int run_graph(const CommandLine& line) {
  std::string shown = line.option("--output"), format = picture_format(line);
  std::string file =
      shown.empty()
          ? ""
          : std::filesystem::absolute(shown).string();  // from where it was typed, whatever -C says
  Session s(line);
  if (std::find(kPictureFormats.begin(), kPictureFormats.end(), format) == kPictureFormats.end()) {
    s.sink.error("unknown-option", {}, "there is no format '" + format + "'")
        .with_help("formats: " + join(kPictureFormats, ", "));
    return s.finish_usage();
  }
  std::optional<RequestPlan> made = s.plan_of(line.words);
  if (!made) return s.finish();
  PictureInput input{made->resolution, made->planned, s.sources, edge_states(made->planned.plan),
                     s.saved.words};
  Picture p = make_picture(input);
  write_drawing(drawing(p, format, line.has("--edges")), file, shown, p, s.sink);
  return s.finish();
}

CommandEntry graph_entry() {
  return {
      "graph",
      "[REQUEST]",
      "Draw the graph of the request: a page to look through, or dot, Mermaid, JSON",
      std::string(
          R"(The page (html) is one file that needs no network: instances by stage, their inputs,
steps and state, their env with the origin of each value. Without a request: that of this run
directory. Without --format the extension of --output decides; without that, dot.
)") + kRequestHelp +
          R"(

Examples:
  mlpgen graph --output=graph.html
  mlpgen graph --preset=demo --format=mermaid
  mlpgen graph --model=retinanet --edges | dot -Tsvg > graph.svg)",
      {{"--format", "html|dot|mermaid|json", "how to draw; with json diagnostics as well"},
       {"--output", "FILE", "write there, not to stdout"},
       {"--edges", "",
        "draw the edges that Ninja runs, not the instances (dot, mermaid; html and json have "
        "both)"},
       kDirectoryOption,
       kLockFileOption,
       kTrustOption,
       kHelpOption},
      true,
      run_graph};
}

}  // namespace mlpgen
