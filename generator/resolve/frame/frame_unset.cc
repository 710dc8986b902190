// What configure says of a reference without a value.
#include "resolve/frame/frame.h"
#include "resolve/frame/member_advice.h"
#include "text/closest.h"

namespace mlpgen {

std::pair<std::string, std::string> Frame::why_unset(const std::string& name,
                                                     InstanceId self) const {
  std::string may_lack = "write ${" + name + ":-text} for a value that may be missing";
  if (name.find('.') == std::string::npos) {
    std::string near = did_you_mean(name, declared());
    return {"", near.empty() ? unset_help(name) : near};
  }
  if (MemberFault fault = member_fault(*call_.recipe, name); !fault.what.empty())
    return {": " + fault.what, fault.help};
  std::string first = name.substr(0, name.find('.'));
  if (first == "host") return {": this machine does not tell it", may_lack};
  for (const Probe& p : call_.recipe->probes)
    if (p.id.value == first)
      return {": probe '" + first + "' found nothing on this machine", may_lack};
  if (self == InstanceId::kNone) {
    MemberFault fault = env_before_steps();
    return {": " + fault.what, fault.help};
  }
  return {": step '" + first + "' is not made for this request",
          "give what needs it the condition of that step; or " + may_lack};
}

bool Frame::names_nothing(const TemplateName& name) const {
  return name.kind == TemplateName::Kind::kValue && name.factors.empty() &&
         name.text.find('.') != std::string::npos &&
         !member_fault(*call_.recipe, name.text).what.empty();
}

}  // namespace mlpgen
