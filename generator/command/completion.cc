// mlpgen completion: a script for the shell that asks `mlpgen __complete` for every word.
#include <iostream>

#include "command/options.h"
#include "command/request/session.h"
#include "text/closest.h"

namespace mlpgen {
namespace {

// bash parts words at '=' and ':' before the function sees them; the line is parted at blanks here,
// and what bash holds of the last word already is taken off the candidates again.
constexpr const char* kBash =
    R"sh(# mlpgen: source this file, or keep it as ~/.local/share/bash-completion/completions/mlpgen
_mlpgen() {
  local line="${COMP_LINE:0:COMP_POINT}" IFS=$' \t\n' words word cur i candidate
  read -ra words <<< "$line"
  [[ "$line" == *[[:space:]] ]] && words+=("")
  word="${words[${#words[@]}-1]}"
  cur="${COMP_WORDS[COMP_CWORD]}"
  [[ "$cur" == "=" || "$cur" == ":" ]] && cur=""
  local held="${word%"$cur"}"
  COMPREPLY=()
  while IFS= read -r candidate; do
    COMPREPLY+=("${candidate#"$held"}")
  done < <("${words[0]}" __complete "${words[@]:1}" 2> /dev/null)
  for i in "${COMPREPLY[@]}"; do
    [[ "$i" == *= ]] && compopt -o nospace 2> /dev/null
  done
  return 0
}
complete -o default -F _mlpgen mlpgen
)sh";

constexpr const char* kZsh = R"sh(#compdef mlpgen
# mlpgen: keep it as _mlpgen in a folder of $fpath, or source it after compinit
_mlpgen() {
  local -a candidates
  candidates=("${(@f)$("${words[1]}" __complete "${(@)words[2,CURRENT]}" 2> /dev/null)}")
  candidates=("${(@)candidates:#}")
  if (( ${#candidates} )); then
    compadd -Q -S '' -- "${(@M)candidates:#*=}"
    compadd -Q -- "${(@)candidates:#*=}"
  else
    _files
  fi
}
if [[ "${funcstack[1]}" == _mlpgen ]]; then
  _mlpgen "$@"
else
  compdef _mlpgen mlpgen
fi
)sh";

constexpr const char* kFish = R"sh(# mlpgen: keep it as ~/.config/fish/completions/mlpgen.fish
function __mlpgen_complete
  set -l words (commandline -opc) (commandline -ct)
  $words[1] __complete $words[2..-1] 2> /dev/null
end
complete -c mlpgen -a '(__mlpgen_complete)'
)sh";

}  // namespace

static int run_completion(const CommandLine& line) {
  std::string shell = line.words.empty() ? "" : line.words.front();
  if (shell == "bash")
    std::cout << kBash;
  else if (shell == "zsh")
    std::cout << kZsh;
  else if (shell == "fish")
    std::cout << kFish;
  else {
    static const std::vector<std::string> kShells = {"bash", "zsh", "fish"};
    std::string near = did_you_mean(shell, kShells);
    Session s(line);
    s.sink
        .error("missing-word", {},
               shell.empty() ? "completion for which shell?"
                             : "there is no completion for '" + shell + "'")
        .with_help(near.empty() ? "write bash, zsh or fish" : near);
    return s.finish_usage();
  }
  return kDone;
}

CommandEntry completion_entry() {
  return {"completion",  "bash|zsh|fish", "Print a script that completes the words of mlpgen",
          R"(Example:
  source <(mlpgen completion bash))",   {kHelpOption},   false,
          run_completion};
}

}  // namespace mlpgen
