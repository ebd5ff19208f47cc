"""Writes moe_block.json.gz, a small mixture of experts with its data flow: python moe_block.py (needs torch and export_module_tree.py)."""
import torch
from export_module_tree import export_module_tree
from torch import nn


class Expert(nn.Module):
    def __init__(self, width, hidden):
        super().__init__()
        self.w1 = nn.Linear(width, hidden, bias=False)
        self.w2 = nn.Linear(hidden, width, bias=False)
        self.w3 = nn.Linear(width, hidden, bias=False)
        self.act_fn = nn.SiLU()

    def forward(self, x):
        return self.w2(self.act_fn(self.w1(x)) * self.w3(x))


class Experts(nn.Module):
    """Each token goes to two experts; a loop over the experts adds up what they make."""

    def __init__(self, width=16, hidden=32, count=8):
        super().__init__()
        self.gate = nn.Linear(width, count, bias=False)
        self.experts = nn.ModuleList([Expert(width, hidden) for _ in range(count)])

    def forward(self, x):
        batch, length, width = x.shape
        tokens = x.view(-1, width)
        weights, chosen = torch.topk(torch.softmax(self.gate(tokens), dim=1), 2, dim=-1)
        weights = weights / weights.sum(dim=-1, keepdim=True)
        mask = nn.functional.one_hot(chosen, num_classes=len(self.experts)).permute(2, 1, 0)
        result = torch.zeros_like(tokens)
        for at, expert in enumerate(self.experts):
            place, token = torch.where(mask[at])
            result.index_add_(0, token, expert(tokens[None, token].reshape(-1, width)) * weights[token, place, None])
        return result.reshape(batch, length, width)


class Block(nn.Module):
    def __init__(self, width=16):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.moe = Experts(width)
        self.head = nn.Linear(width, 10)

    def forward(self, x):
        return self.head(x + self.moe(self.norm(x)))


torch.manual_seed(0)
export_module_tree(Block(), "moe_block.json.gz", dummy_input=torch.rand(1, 32, 16))
