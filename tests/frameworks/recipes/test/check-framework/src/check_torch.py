"""A model in TorchScript."""
import answer
import torch

out = answer.folder()


class Model(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.weights = torch.nn.Parameter(torch.tensor(answer.WEIGHTS), requires_grad=False)

    def forward(self, x):
        return torch.relu(x @ self.weights)


torch.jit.script(Model()).save(str(out / "model.pt"))
loaded = torch.jit.load(str(out / "model.pt"))
answer.write(out, "torch", torch.__version__.split("+")[0], loaded(torch.tensor([answer.INPUT]))[0])
