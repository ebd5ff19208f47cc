"""Small models of many kinds, for record.py. MODELS: name to a function that builds it and one that makes its inputs."""
import math
import torch
import torch.nn as nn
import torch.nn.functional as F

MODELS = {}

def add(*shapes):
    def put(cls):
        MODELS[cls.__name__] = (cls, lambda: make_inputs(shapes))
        return cls
    return put

def make_inputs(shapes):
    out = []
    for s in shapes:
        if isinstance(s, tuple) and s and isinstance(s[0], str):
            kind, size, high = s
            out.append(torch.randint(0, high, size))
        else:
            out.append(torch.rand(*s))
    return tuple(out)

class DoubleConv(nn.Sequential):
    def __init__(self, i, o):
        super().__init__(nn.Conv2d(i, o, 3, padding=1), nn.BatchNorm2d(o), nn.ReLU(inplace=True), nn.Conv2d(o, o, 3, padding=1), nn.BatchNorm2d(o), nn.ReLU(inplace=True))

@add((1, 3, 32, 32))
class UNetTransposed(nn.Module):
    def __init__(self):
        super().__init__()
        self.d1, self.d2, self.d3 = DoubleConv(3, 8), DoubleConv(8, 16), DoubleConv(16, 32)
        self.pool = nn.MaxPool2d(2)
        self.up2, self.up1 = nn.ConvTranspose2d(32, 16, 2, 2), nn.ConvTranspose2d(16, 8, 2, 2)
        self.u2, self.u1 = DoubleConv(32, 16), DoubleConv(16, 8)
        self.out = nn.Conv2d(8, 2, 1)
    def forward(self, x):
        a = self.d1(x); b = self.d2(self.pool(a)); c = self.d3(self.pool(b))
        y = self.u2(torch.cat([self.up2(c), b], 1))
        y = self.u1(torch.cat([self.up1(y), a], 1))
        return self.out(y)

@add((1, 3, 32, 32))
class UNetAdd(nn.Module):
    def __init__(self):
        super().__init__()
        self.d1, self.d2 = DoubleConv(3, 8), DoubleConv(8, 16)
        self.mid = nn.Conv2d(16, 8, 1)
        self.u = DoubleConv(8, 8)
        self.out = nn.Conv2d(8, 1, 1)
    def forward(self, x):
        a = self.d1(x)
        b = self.mid(self.d2(F.max_pool2d(a, 2)))
        b = F.interpolate(b, scale_factor=2., mode='bilinear', align_corners=False)
        return torch.sigmoid(self.out(self.u(a + b)))

@add((1, 1, 8, 16, 16))
class UNet3D(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Sequential(nn.Conv3d(1, 8, 3, padding=1), nn.BatchNorm3d(8), nn.ReLU())
        self.b = nn.Sequential(nn.Conv3d(8, 16, 3, 2, 1), nn.BatchNorm3d(16), nn.ReLU())
        self.up = nn.ConvTranspose3d(16, 8, 2, 2)
        self.out = nn.Conv3d(8, 2, 1)
    def forward(self, x):
        a = self.a(x)
        return self.out(self.up(self.b(a)) + a)

class Attn(nn.Module):
    def __init__(self, d, h=2):
        super().__init__()
        self.h, self.scale = h, (d // h) ** -0.5
        self.qkv, self.proj = nn.Linear(d, 3 * d), nn.Linear(d, d)
    def forward(self, x):
        B, N, C = x.shape
        qkv = self.qkv(x).reshape(B, N, 3, self.h, C // self.h).permute(2, 0, 3, 1, 4)
        q, k, v = qkv[0], qkv[1], qkv[2]
        a = (q @ k.transpose(-2, -1) * self.scale).softmax(-1)
        return self.proj((a @ v).transpose(1, 2).reshape(B, N, C))

class Mlp(nn.Module):
    def __init__(self, d, m=2):
        super().__init__()
        self.fc1, self.act, self.fc2 = nn.Linear(d, d * m), nn.GELU(), nn.Linear(d * m, d)
    def forward(self, x):
        return self.fc2(self.act(self.fc1(x)))

class Block(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.norm1, self.attn, self.norm2, self.mlp = nn.LayerNorm(d), Attn(d), nn.LayerNorm(d), Mlp(d)
    def forward(self, x):
        x = x + self.attn(self.norm1(x))
        return x + self.mlp(self.norm2(x))

@add((1, 3, 16, 16))
class ViTDistilled(nn.Module):
    def __init__(self, d=16):
        super().__init__()
        self.patch = nn.Conv2d(3, d, 4, 4)
        self.cls_token, self.dist_token = nn.Parameter(torch.zeros(1, 1, d)), nn.Parameter(torch.zeros(1, 1, d))
        self.pos = nn.Parameter(torch.randn(1, 18, d))
        self.blocks = nn.ModuleList([Block(d) for _ in range(2)])
        self.norm, self.head, self.head_dist = nn.LayerNorm(d), nn.Linear(d, 5), nn.Linear(d, 5)
    def forward(self, x):
        x = self.patch(x).flatten(2).transpose(1, 2)
        x = torch.cat((self.cls_token.expand(x.shape[0], -1, -1), self.dist_token.expand(x.shape[0], -1, -1), x), dim=1) + self.pos
        for blk in self.blocks:
            x = blk(x)
        x = self.norm(x)
        return (self.head(x[:, 0]) + self.head_dist(x[:, 1])) / 2

@add((1, 3, 16, 16))
class ViTMeanPool(nn.Module):
    def __init__(self, d=16):
        super().__init__()
        self.patch = nn.Conv2d(3, d, 4, 4)
        self.blocks = nn.Sequential(*[Block(d) for _ in range(2)])
        self.norm, self.head = nn.LayerNorm(d), nn.Linear(d, 5)
    def forward(self, x):
        x = self.patch(x).flatten(2).transpose(1, 2)
        return self.head(self.norm(self.blocks(x)).mean(dim=1))

@add((1, 3, 16, 16))
class PVTReduce(nn.Module):
    def __init__(self, d=16):
        super().__init__()
        self.patch, self.sr, self.norm = nn.Conv2d(3, d, 2, 2), nn.Conv2d(d, d, 2, 2), nn.LayerNorm(d)
        self.q, self.kv, self.proj = nn.Linear(d, d), nn.Linear(d, 2 * d), nn.Linear(d, d)
        self.head = nn.Linear(d, 4)
    def forward(self, x):
        x = self.patch(x)
        B, C, H, W = x.shape
        t = x.flatten(2).transpose(1, 2)
        q = self.q(t).reshape(B, H * W, 2, C // 2).permute(0, 2, 1, 3)
        s = self.norm(self.sr(x).reshape(B, C, -1).permute(0, 2, 1))
        kv = self.kv(s).reshape(B, -1, 2, 2, C // 2).permute(2, 0, 3, 1, 4)
        k, v = kv[0], kv[1]
        a = (q @ k.transpose(-2, -1)).softmax(dim=-1)
        t = t + self.proj((a @ v).transpose(1, 2).reshape(B, H * W, C))
        return self.head(t.mean(1))

@add((1, 3, 16, 16))
class MobileViTSmall(nn.Module):
    def __init__(self, c=8, d=12):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, c, 3, 2, 1), nn.BatchNorm2d(c), nn.SiLU())
        self.local, self.into, self.out = nn.Conv2d(c, c, 3, 1, 1), nn.Conv2d(c, d, 1), nn.Conv2d(d, c, 1)
        self.tr = Block(d)
        self.fuse, self.head = nn.Conv2d(2 * c, c, 3, 1, 1), nn.Linear(c, 3)
    def forward(self, x):
        x = self.stem(x)
        y = self.into(self.local(x))
        b, d, h, w = y.shape
        y = y.reshape(b, d, h // 2, 2, w // 2, 2).permute(0, 3, 5, 2, 4, 1).reshape(b * 4, -1, d)
        y = self.tr(y)
        y = y.reshape(b, 2, 2, h // 2, w // 2, d).permute(0, 5, 3, 1, 4, 2).reshape(b, d, h, w)
        y = self.fuse(torch.cat([x, self.out(y)], dim=1))
        return self.head(F.adaptive_avg_pool2d(y, 1).flatten(1))

@add((1, 3, 16, 16))
class SwinShift(nn.Module):
    def __init__(self, d=12):
        super().__init__()
        self.patch, self.block, self.norm = nn.Conv2d(3, d, 2, 2), Block(d), nn.LayerNorm(4 * d)
        self.red, self.head = nn.Linear(4 * d, 2 * d, bias=False), nn.Linear(2 * d, 4)
    def forward(self, x):
        x = self.patch(x).permute(0, 2, 3, 1)
        B, H, W, C = x.shape
        s = torch.roll(x, shifts=(-1, -1), dims=(1, 2))
        w = s.view(B, H // 4, 4, W // 4, 4, C).permute(0, 1, 3, 2, 4, 5).contiguous().view(-1, 16, C)
        w = self.block(w)
        s = w.view(B, H // 4, W // 4, 4, 4, C).permute(0, 1, 3, 2, 4, 5).contiguous().view(B, H, W, C)
        x = x + torch.roll(s, shifts=(1, 1), dims=(1, 2))
        x0, x1, x2, x3 = x[:, 0::2, 0::2, :], x[:, 1::2, 0::2, :], x[:, 0::2, 1::2, :], x[:, 1::2, 1::2, :]
        x = self.red(self.norm(torch.cat([x0, x1, x2, x3], -1)))
        return self.head(x.mean((1, 2)))

class LayerNorm2d(nn.LayerNorm):
    def forward(self, x):
        return F.layer_norm(x.permute(0, 2, 3, 1), self.normalized_shape, self.weight, self.bias, self.eps).permute(0, 3, 1, 2)

@add((1, 3, 32, 32))
class ConvNeXtConv(nn.Module):
    def __init__(self, d=8):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, d, 4, 4), LayerNorm2d(d))
        self.dw, self.norm, self.p1, self.act, self.p2 = nn.Conv2d(d, d, 7, 1, 3, groups=d), LayerNorm2d(d), nn.Conv2d(d, 4 * d, 1), nn.GELU(), nn.Conv2d(4 * d, d, 1)
        self.head = nn.Linear(d, 3)
    def forward(self, x):
        x = self.stem(x)
        x = x + self.p2(self.act(self.p1(self.norm(self.dw(x)))))
        return self.head(x.mean([-2, -1]))

class Grn(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.gamma, self.beta = nn.Parameter(torch.ones(1, 1, 1, d)), nn.Parameter(torch.zeros(1, 1, 1, d))
    def forward(self, x):
        g = torch.norm(x, p=2, dim=(1, 2), keepdim=True)
        n = g / (g.mean(dim=-1, keepdim=True) + 1e-6)
        return self.gamma * (x * n) + self.beta + x

@add((1, 3, 32, 32))
class ConvNeXtV2(nn.Module):
    def __init__(self, d=8):
        super().__init__()
        self.stem, self.dw, self.norm = nn.Conv2d(3, d, 4, 4), nn.Conv2d(d, d, 3, 1, 1, groups=d), nn.LayerNorm(d, eps=1e-6)
        self.p1, self.act, self.grn, self.p2 = nn.Linear(d, 4 * d), nn.GELU(), Grn(4 * d), nn.Linear(4 * d, d)
        self.head = nn.Linear(d, 3)
    def forward(self, x):
        x = self.stem(x)
        y = self.dw(x).permute(0, 2, 3, 1)
        y = self.p2(self.grn(self.act(self.p1(self.norm(y)))))
        x = x + y.permute(0, 3, 1, 2)
        return self.head(x.mean((2, 3)))

@add((1, 3, 32, 32))
class GhostV1(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 16, 3, 2, 1, bias=False); self.bn = nn.BatchNorm2d(16)
        self.pri = nn.Sequential(nn.Conv2d(16, 12, 1, bias=False), nn.BatchNorm2d(12), nn.ReLU(inplace=True))
        self.cheap = nn.Sequential(nn.Conv2d(12, 12, 3, 1, 1, groups=12, bias=False), nn.BatchNorm2d(12), nn.ReLU(inplace=True))
        self.proj = nn.Conv2d(20, 16, 1)
        self.fc = nn.Linear(16, 4)
    def forward(self, x):
        x = F.relu(self.bn(self.stem(x)))
        a = self.pri(x); b = self.cheap(a)
        y = torch.cat([a, b], dim=1)[:, :20, :, :]
        y = self.proj(y)
        y += x
        return self.fc(F.avg_pool2d(y, y.shape[2:]).view(y.size(0), -1))

@add((1, 3, 32, 32))
class ShuffleV1(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 24, 3, 2, 1)
        self.g1, self.b1 = nn.Conv2d(24, 24, 1, groups=3, bias=False), nn.BatchNorm2d(24)
        self.dw, self.b2 = nn.Conv2d(24, 24, 3, 1, 1, groups=24, bias=False), nn.BatchNorm2d(24)
        self.g2, self.b3 = nn.Conv2d(24, 24, 1, groups=3, bias=False), nn.BatchNorm2d(24)
        self.relu, self.fc = nn.ReLU(), nn.Linear(24, 4)
    def forward(self, x):
        x = self.stem(x)
        y = self.relu(self.b1(self.g1(x)))
        n, c, h, w = y.size()
        y = y.view(n, 3, c // 3, h, w).transpose(1, 2).contiguous().view(n, c, h, w)
        y = self.b3(self.g2(self.b2(self.dw(y))))
        y = self.relu(x + y)
        return self.fc(y.mean([2, 3]))

@add((1, 3, 32, 32))
class DenseBottle(nn.Module):
    def __init__(self, g=4):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 3, 1, 1)
        self.layers = nn.ModuleList([nn.Sequential(nn.BatchNorm2d(8 + i * g), nn.ReLU(), nn.Conv2d(8 + i * g, 16, 1), nn.BatchNorm2d(16), nn.ReLU(), nn.Conv2d(16, g, 3, padding=1)) for i in range(3)])
        self.trans = nn.Sequential(nn.BatchNorm2d(8 + 3 * g), nn.Conv2d(8 + 3 * g, 10, 1), nn.AvgPool2d(2))
        self.fc = nn.Linear(10, 5)
    def forward(self, x):
        feats = [self.stem(x)]
        for i in range(3):
            feats.append(self.layers[i](torch.cat(feats, 1)))
        return self.fc(torch.flatten(F.adaptive_avg_pool2d(self.trans(torch.cat(feats, 1)), (1, 1)), 1))

@add((1, 3, 32, 32))
class HRParts(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 3, 2, 1)
        self.a = nn.Conv2d(8, 8, 3, 1, 1); self.b = nn.Conv2d(8, 16, 3, 2, 1)
        self.ab = nn.Sequential(nn.Conv2d(8, 16, 3, 2, 1), nn.BatchNorm2d(16))
        self.ba = nn.Sequential(nn.Conv2d(16, 8, 1), nn.BatchNorm2d(8), nn.Upsample(scale_factor=2, mode='nearest'))
        self.relu = nn.ReLU()
        self.ha, self.hb = nn.Conv2d(8, 3, 1), nn.Conv2d(16, 3, 1)
    def forward(self, x):
        x = self.stem(x)
        a, b = self.a(x), self.b(x)
        a2 = self.relu(a + self.ba(b)); b2 = self.relu(self.ab(a) + b)
        return self.ha(a2), self.hb(b2)

@add((1, 3, 32, 32))
class FPNDict(nn.Module):
    def __init__(self):
        super().__init__()
        self.c2, self.c3, self.c4 = nn.Conv2d(3, 8, 3, 2, 1), nn.Conv2d(8, 16, 3, 2, 1), nn.Conv2d(16, 32, 3, 2, 1)
        self.l2, self.l3, self.l4 = nn.Conv2d(8, 8, 1), nn.Conv2d(16, 8, 1), nn.Conv2d(32, 8, 1)
        self.s2, self.s3, self.s4 = (nn.Conv2d(8, 8, 3, 1, 1) for _ in range(3))
    def forward(self, x):
        c2 = F.relu(self.c2(x)); c3 = F.relu(self.c3(c2)); c4 = F.relu(self.c4(c3))
        p4 = self.l4(c4)
        p3 = self.l3(c3) + F.interpolate(p4, scale_factor=2)
        p2 = self.l2(c2) + F.interpolate(p3, scale_factor=2)
        return {"p2": self.s2(p2), "p3": self.s3(p3), "p4": self.s4(p4)}

@add((1, 3, 32, 32))
class BiFPNWeighted(nn.Module):
    def __init__(self):
        super().__init__()
        self.c1, self.c2 = nn.Conv2d(3, 8, 3, 2, 1), nn.Conv2d(8, 8, 3, 2, 1)
        self.w = nn.Parameter(torch.ones(2))
        self.out, self.act = nn.Conv2d(8, 4, 3, 1, 1), nn.SiLU()
    def forward(self, x):
        a = self.c1(x); b = self.c2(a)
        w = F.relu(self.w); w = w / (w.sum() + 1e-4)
        y = w[0] * a + w[1] * F.interpolate(b, size=(16, 16), mode='nearest')
        return self.out(self.act(y))

@add((2, 7, 6))
class LSTMBi(nn.Module):
    def __init__(self):
        super().__init__()
        self.inp, self.rnn, self.fc = nn.Linear(6, 8), nn.LSTM(8, 5, 2, batch_first=True, bidirectional=True), nn.Linear(10, 3)
    def forward(self, x):
        y, (h, c) = self.rnn(torch.tanh(self.inp(x)))
        return self.fc(y[:, -1])

@add((2, 1, 16, 20))
class CRNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.c1, self.b1, self.c2, self.b2 = nn.Conv2d(1, 8, 3, 1, 1), nn.BatchNorm2d(8), nn.Conv2d(8, 16, 3, 1, 1), nn.BatchNorm2d(16)
        self.gru, self.fc = nn.GRU(16 * 4, 12, batch_first=True), nn.Linear(12, 10)
    def forward(self, x):
        x = F.max_pool2d(F.relu(self.b1(self.c1(x))), 2); x = F.max_pool2d(F.relu(self.b2(self.c2(x))), 2)
        b, c, h, w = x.size()
        x = x.permute(0, 3, 1, 2).reshape(b, w, c * h)
        x, _ = self.gru(x)
        return F.log_softmax(self.fc(x), dim=2)

@add((6, 5), ("int", (2, 12), 6))
class GCNScatter(nn.Module):
    def __init__(self):
        super().__init__()
        self.l1, self.l2, self.out = nn.Linear(5, 8), nn.Linear(8, 8), nn.Linear(8, 3)
    def prop(self, h, e):
        return torch.zeros_like(h).index_add(0, e[1], h[e[0]])
    def forward(self, x, e):
        h = F.relu(self.l1(self.prop(x, e)))
        h = h + F.relu(self.l2(self.prop(h, e)))
        return self.out(h)

@add((6, 5), (6, 6))
class GATDense(nn.Module):
    def __init__(self):
        super().__init__()
        self.w, self.a1, self.a2, self.out = nn.Linear(5, 8), nn.Linear(8, 1), nn.Linear(8, 1), nn.Linear(8, 2)
    def forward(self, x, adj):
        h = self.w(x)
        e = F.leaky_relu(self.a1(h) + self.a2(h).t(), 0.2)
        e = e.masked_fill(adj < 0.3, -1e9)
        return self.out(F.elu(torch.mm(F.softmax(e, dim=1), h)))

class RMS(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(d))
    def forward(self, x):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6) * self.weight

@add(("int", (1, 9), 20))
class T5Block(nn.Module):
    def __init__(self, d=16):
        super().__init__()
        self.embed = nn.Embedding(20, d)
        self.n1, self.q, self.k, self.v, self.o = RMS(d), nn.Linear(d, d, False), nn.Linear(d, d, False), nn.Linear(d, d, False), nn.Linear(d, d, False)
        self.n2, self.wi, self.wo = RMS(d), nn.Linear(d, 32, False), nn.Linear(32, d, False)
        self.head = nn.Linear(d, 20, False)
    def split(self, t):
        return t.view(t.shape[0], -1, 2, 8).transpose(1, 2)
    def forward(self, ids):
        x = self.embed(ids)
        h = self.n1(x)
        q, k, v = self.split(self.q(h)), self.split(self.k(h)), self.split(self.v(h))
        a = torch.matmul(q, k.transpose(3, 2)).softmax(-1)
        x = x + self.o(torch.matmul(a, v).transpose(1, 2).contiguous().view(1, -1, 16))
        x = x + self.wo(F.relu(self.wi(self.n2(x))))
        return self.head(x)

@add(("int", (1, 8), 20))
class GPT2Small(nn.Module):
    def __init__(self, d=16):
        super().__init__()
        self.wte, self.wpe = nn.Embedding(20, d), nn.Embedding(8, d)
        self.ln1, self.c_attn, self.c_proj, self.ln2, self.fc, self.proj, self.lnf = nn.LayerNorm(d), nn.Linear(d, 3 * d), nn.Linear(d, d), nn.LayerNorm(d), nn.Linear(d, 4 * d), nn.Linear(4 * d, d), nn.LayerNorm(d)
        self.register_buffer("mask", torch.tril(torch.ones(8, 8)).view(1, 1, 8, 8))
        self.lm_head = nn.Linear(d, 20, bias=False)
        self.lm_head.weight = self.wte.weight
    def forward(self, idx):
        b, t = idx.size()
        pos = torch.arange(0, t, dtype=torch.long).unsqueeze(0)
        x = self.wte(idx) + self.wpe(pos)
        q, k, v = self.c_attn(self.ln1(x)).split(16, dim=2)
        q, k, v = (y.view(b, t, 2, 8).transpose(1, 2) for y in (q, k, v))
        att = (q @ k.transpose(-2, -1)) * (1.0 / math.sqrt(8))
        att = att.masked_fill(self.mask[:, :, :t, :t] == 0, float('-inf'))
        y = (F.softmax(att, dim=-1) @ v).transpose(1, 2).contiguous().view(b, t, 16)
        x = x + self.c_proj(y)
        x = x + self.proj(F.gelu(self.fc(self.ln2(x))))
        return self.lm_head(self.lnf(x))

def rot(x):
    a, b = x[..., : x.shape[-1] // 2], x[..., x.shape[-1] // 2:]
    return torch.cat((-b, a), dim=-1)

@add((1, 8, 16))
class LlamaGQA(nn.Module):
    def __init__(self, d=16):
        super().__init__()
        self.n1, self.n2 = RMS(d), RMS(d)
        self.q_proj, self.k_proj, self.v_proj, self.o_proj = nn.Linear(d, d, False), nn.Linear(d, 8, False), nn.Linear(d, 8, False), nn.Linear(d, d, False)
        self.gate_proj, self.up_proj, self.down_proj = nn.Linear(d, 24, False), nn.Linear(d, 24, False), nn.Linear(24, d, False)
        self.register_buffer("cos", torch.rand(1, 1, 8, 4)); self.register_buffer("sin", torch.rand(1, 1, 8, 4))
    def forward(self, x):
        b, t, d = x.shape
        h = self.n1(x)
        q = self.q_proj(h).view(b, t, 4, 4).transpose(1, 2)
        k = self.k_proj(h).view(b, t, 2, 4).transpose(1, 2)
        v = self.v_proj(h).view(b, t, 2, 4).transpose(1, 2)
        q, k = q * self.cos + rot(q) * self.sin, k * self.cos + rot(k) * self.sin
        k = k[:, :, None].expand(b, 2, 2, t, 4).reshape(b, 4, t, 4)
        v = v[:, :, None].expand(b, 2, 2, t, 4).reshape(b, 4, t, 4)
        a = torch.softmax(q @ k.transpose(2, 3) / 2.0, dim=-1)
        x = x + self.o_proj((a @ v).transpose(1, 2).reshape(b, t, d))
        h = self.n2(x)
        return x + self.down_proj(F.silu(self.gate_proj(h)) * self.up_proj(h))

@add((1, 8, 16))
class ParallelBlock(nn.Module):
    def __init__(self, d=16):
        super().__init__()
        self.norm, self.fused, self.out = nn.LayerNorm(d), nn.Linear(d, 3 * d + 32), nn.Linear(d, d)
        self.ff = nn.Linear(32, d)
    def forward(self, x):
        q, k, v, f = torch.split(self.fused(self.norm(x)), [16, 16, 16, 32], dim=-1)
        a = F.softmax(torch.bmm(q, k.transpose(1, 2)) / 4., -1)
        return x + self.out(torch.bmm(a, v)) + self.ff(F.gelu(f))

@add((4, 16))
class MoETopAll(nn.Module):
    def __init__(self, d=16):
        super().__init__()
        self.router = nn.Linear(d, 3)
        self.experts = nn.ModuleList([Mlp(d) for _ in range(3)])
    def forward(self, x):
        w = self.router(x).softmax(-1)
        out = torch.zeros_like(x)
        for i in range(3):
            out = out + self.experts[i](x) * w[:, i:i + 1]
        return out + x

@add((4, 16))
class MoEStack(nn.Module):
    def __init__(self, d=16):
        super().__init__()
        self.gate = nn.Linear(d, 2)
        self.e0, self.e1, self.out = nn.Linear(d, 12), nn.Linear(d, 12), nn.Linear(12, 4)
    def forward(self, x):
        g = F.softmax(self.gate(x), dim=1).unsqueeze(1)
        e = torch.stack([self.e0(x), self.e1(x)], dim=1)
        return self.out(torch.bmm(g, e).squeeze(1))

@add((2, 3, 16, 16), (2, 3, 16, 16))
class SiameseDiff(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(3, 8, 3, 2, 1), nn.ReLU(), nn.Conv2d(8, 16, 3, 2, 1), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten())
        self.fc = nn.Linear(16, 1)
    def forward(self, a, b):
        return self.fc(torch.abs(self.body(a) - self.body(b)))

@add((1, 3, 16, 16), (1, 3, 16, 16))
class CorrelateTwo(nn.Module):
    def __init__(self):
        super().__init__()
        self.enc = nn.Conv2d(3, 8, 3, 1, 1); self.head = nn.Conv2d(16, 2, 3, 1, 1)
    def forward(self, a, b):
        fa, fb = self.enc(a), self.enc(b)
        corr = (fa * fb).mean(1, keepdim=True)
        return self.head(torch.cat([fa, fb], dim=1)) * corr

class SE(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.pool, self.fc1, self.fc2 = nn.AdaptiveAvgPool2d(1), nn.Conv2d(c, c // 4, 1), nn.Conv2d(c // 4, c, 1)
    def forward(self, x):
        return x * torch.sigmoid(self.fc2(F.relu(self.fc1(self.pool(x)))))

@add((1, 3, 32, 32))
class MBConvSE(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 3, 2, 1)
        self.ex, self.b1 = nn.Conv2d(8, 32, 1, bias=False), nn.BatchNorm2d(32)
        self.dw, self.b2 = nn.Conv2d(32, 32, 5, 1, 2, groups=32, bias=False), nn.BatchNorm2d(32)
        self.se = SE(32)
        self.pw, self.b3 = nn.Conv2d(32, 8, 1, bias=False), nn.BatchNorm2d(8)
        self.act, self.fc = nn.Hardswish(), nn.Linear(8, 4)
    def forward(self, x):
        x = self.stem(x)
        y = self.act(self.b1(self.ex(x))); y = self.se(self.act(self.b2(self.dw(y))))
        x = x + self.b3(self.pw(y))
        return self.fc(x.mean(3).mean(2))

@add((1, 3, 12, 12))
class EDSRSmall(nn.Module):
    def __init__(self):
        super().__init__()
        self.head = nn.Conv2d(3, 8, 3, 1, 1)
        self.body = nn.ModuleList([nn.Sequential(nn.Conv2d(8, 8, 3, 1, 1), nn.ReLU(True), nn.Conv2d(8, 8, 3, 1, 1)) for _ in range(2)])
        self.tail = nn.Sequential(nn.Conv2d(8, 32, 3, 1, 1), nn.PixelShuffle(2), nn.Conv2d(8, 3, 3, 1, 1))
    def forward(self, x):
        x = self.head(x); r = x
        for b in self.body:
            r = r + b(r).mul(0.1)
        r += x
        return self.tail(r)

@add((1, 3, 12, 12))
class UnshuffleNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Conv2d(12, 16, 3, 1, 1), nn.Conv2d(16, 12, 3, 1, 1)
    def forward(self, x):
        y = F.pixel_unshuffle(x, 2)
        return F.pixel_shuffle(self.b(F.relu(self.a(y))) + y, 2)

@add((1, 4, 40))
class TCNDepthwise(nn.Module):
    def __init__(self):
        super().__init__()
        self.inp = nn.Conv1d(4, 12, 1)
        self.dw, self.pw, self.res, self.skip = nn.Conv1d(12, 12, 3, padding=2, dilation=2, groups=12), nn.Conv1d(12, 12, 1), nn.Conv1d(12, 12, 1), nn.Conv1d(12, 6, 1)
        self.norm, self.act = nn.GroupNorm(1, 12), nn.PReLU()
        self.out = nn.Conv1d(6, 2, 1)
    def forward(self, x):
        x = self.inp(x)
        h = self.norm(self.act(self.pw(self.dw(x))))
        x = x + self.res(h)
        return self.out(F.relu(self.skip(h))), x

@add((1, 2, 64))
class DemucsLike(nn.Module):
    def __init__(self):
        super().__init__()
        self.e1, self.e2 = nn.Conv1d(2, 8, 8, 4, 2), nn.Conv1d(8, 16, 8, 4, 2)
        self.d2, self.d1 = nn.ConvTranspose1d(16, 8, 8, 4, 2), nn.ConvTranspose1d(8, 2, 8, 4, 2)
        self.g = nn.Conv1d(16, 32, 1)
    def forward(self, x):
        a = F.relu(self.e1(x)); b = F.glu(self.g(F.relu(self.e2(a))), dim=1)
        return self.d1(F.relu(self.d2(b)) + a)

@add((1, 3, 4, 16, 16))
class R2Plus1D(nn.Module):
    def __init__(self):
        super().__init__()
        self.s, self.bs, self.t, self.bt = nn.Conv3d(3, 10, (1, 3, 3), padding=(0, 1, 1)), nn.BatchNorm3d(10), nn.Conv3d(10, 8, (3, 1, 1), padding=(1, 0, 0)), nn.BatchNorm3d(8)
        self.short = nn.Conv3d(3, 8, 1)
        self.pool, self.fc = nn.AdaptiveAvgPool3d(1), nn.Linear(8, 3)
    def forward(self, x):
        y = F.relu(self.bt(self.t(F.relu(self.bs(self.s(x))))) + self.short(x))
        return self.fc(self.pool(y).flatten(1))

@add((1, 3, 16, 16))
class GroupedTransposed(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.g, self.t, self.o = nn.Conv2d(3, 8, 3, 2, 1), nn.Conv2d(8, 16, 3, 1, 1, groups=4), nn.ConvTranspose2d(16, 8, 4, 2, 1, groups=2), nn.Conv2d(8, 3, 1)
    def forward(self, x):
        return x + self.o(F.leaky_relu(self.t(F.relu(self.g(self.a(x)))), 0.1))

@add((1, 3, 16, 16))
class SharedBlockLoop(nn.Module):
    def __init__(self):
        super().__init__()
        self.inp, self.cell, self.bn, self.out = nn.Conv2d(3, 8, 3, 1, 1), nn.Conv2d(8, 8, 3, 1, 1), nn.BatchNorm2d(8), nn.Conv2d(8, 2, 1)
    def forward(self, x):
        x = self.inp(x)
        for _ in range(3):
            x = torch.relu(x + self.bn(self.cell(x)))
        return self.out(x)

@add((2, 10))
class TiedAuto(nn.Module):
    def __init__(self):
        super().__init__()
        self.enc = nn.Linear(10, 6)
        self.bias = nn.Parameter(torch.zeros(10))
    def forward(self, x):
        return F.linear(torch.relu(self.enc(x)), self.enc.weight.t(), self.bias)

@add((1, 3, 16, 16))
class DictHeads(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(3, 8, 3, 1, 1), nn.ReLU())
        self.heads = nn.ModuleDict({"cls": nn.Conv2d(8, 2, 1), "box": nn.Conv2d(8, 4, 1)})
    def forward(self, x):
        f = self.body(x)
        return {k: h(f) for k, h in self.heads.items()}

@add((2, 6, 8), (2, 6, 8))
class EinsumMix(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b, self.o = nn.Linear(8, 8), nn.Linear(8, 8), nn.Linear(8, 8)
    def forward(self, x, y):
        q, k = self.a(x), self.b(y)
        s = torch.einsum('bic,bjc->bij', q, k).softmax(-1)
        return self.o(torch.einsum('bij,bjc->bic', s, y)) + q

@add((2, 12))
class BilinearEinsum(nn.Module):
    def __init__(self):
        super().__init__()
        self.l, self.r = nn.Linear(12, 6), nn.Linear(12, 6)
        self.core = nn.Parameter(torch.rand(6, 6, 4))
    def forward(self, x):
        return torch.einsum('bi,bj,ijk->bk', self.l(x), self.r(x), self.core)

@add((1, 3, 16, 16))
class ChunkGate(nn.Module):
    def __init__(self):
        super().__init__()
        self.c, self.o = nn.Conv2d(3, 16, 3, 1, 1), nn.Conv2d(8, 3, 1)
    def forward(self, x):
        a, b = self.c(x).chunk(2, dim=1)
        return self.o(a * torch.sigmoid(b)) + x

@add((1, 3, 16, 16))
class SplitUneven(nn.Module):
    def __init__(self):
        super().__init__()
        self.c, self.p, self.q, self.o = nn.Conv2d(3, 16, 3, 1, 1), nn.Conv2d(4, 8, 1), nn.Conv2d(12, 8, 1), nn.Conv2d(8, 2, 1)
    def forward(self, x):
        a, b = torch.split(self.c(x), (4, 12), 1)
        return self.o(self.p(a) + self.q(b))

@add((2, 4, 8))
class UnbindTime(nn.Module):
    def __init__(self):
        super().__init__()
        self.emb, self.cell, self.out = nn.Linear(8, 6), nn.Linear(12, 6), nn.Linear(6, 2)
    def forward(self, x):
        h = torch.zeros(x.size(0), 6)
        e = self.emb(x)
        a, b, c, d = torch.unbind(e, dim=1)
        h = torch.tanh(self.cell(torch.cat([a, h], -1)))
        h = torch.tanh(self.cell(torch.cat([b, h], -1)))
        return self.out(h + c * d)

@add((1, 3, 16, 16))
class InPlaceEverything(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b, self.c = nn.Conv2d(3, 8, 3, 1, 1), nn.Conv2d(8, 8, 3, 1, 1), nn.Conv2d(8, 8, 3, 1, 1)
        self.o = nn.Conv2d(8, 2, 1)
    def forward(self, x):
        x = self.a(x).relu_()
        y = self.b(x); y.add_(x).clamp_(min=0).mul_(0.5)
        z = self.c(y); z -= y
        return self.o(z.sigmoid_())

@add((1, 3, 16, 16))
class SliceAssign(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b, self.o = nn.Conv2d(3, 8, 3, 1, 1), nn.Conv2d(4, 4, 3, 1, 1), nn.Conv2d(8, 2, 1)
    def forward(self, x):
        x = self.a(x)
        y = x.clone()
        y[:, :4] = self.b(x[:, :4])
        return self.o(y)

@add((1, 3, 16, 16))
class PartialConvNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem, self.pconv, self.pw1, self.bn, self.pw2, self.fc = nn.Conv2d(3, 16, 4, 4), nn.Conv2d(4, 4, 3, 1, 1, bias=False), nn.Conv2d(16, 32, 1, bias=False), nn.BatchNorm2d(32), nn.Conv2d(32, 16, 1, bias=False), nn.Linear(16, 3)
    def forward(self, x):
        x = self.stem(x)
        a, b = torch.split(x, [4, 12], dim=1)
        y = torch.cat((self.pconv(a), b), 1)
        x = x + self.pw2(F.relu(self.bn(self.pw1(y))))
        return self.fc(x.mean((-2, -1)))

@add((1, 3, 32, 32))
class ASPPSmall(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 3, 2, 1)
        self.convs = nn.ModuleList([nn.Conv2d(8, 4, 1)] + [nn.Conv2d(8, 4, 3, padding=r, dilation=r) for r in (2, 3)])
        self.pool = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(8, 4, 1), nn.ReLU())
        self.project = nn.Sequential(nn.Conv2d(16, 8, 1, bias=False), nn.BatchNorm2d(8), nn.ReLU(), nn.Dropout(0.5))
        self.cls = nn.Conv2d(8, 3, 1)
    def forward(self, x):
        size = x.shape[-2:]
        x = self.stem(x)
        res = [c(x) for c in self.convs]
        res.append(F.interpolate(self.pool(x), size=x.shape[-2:], mode="bilinear", align_corners=False))
        return F.interpolate(self.cls(self.project(torch.cat(res, dim=1))), size=size, mode="bilinear", align_corners=False)

@add((1, 3, 32, 32))
class PSPNetSmall(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 3, 2, 1)
        self.p1, self.p2 = nn.Conv2d(8, 4, 1), nn.Conv2d(8, 4, 1)
        self.out = nn.Conv2d(16, 2, 1)
    def forward(self, x):
        x = self.stem(x)
        h, w = x.size(2), x.size(3)
        a = F.interpolate(self.p1(F.adaptive_avg_pool2d(x, 1)), size=(h, w), mode='nearest')
        b = F.interpolate(self.p2(F.adaptive_avg_pool2d(x, 2)), size=(h, w), mode='nearest')
        return self.out(torch.cat((x, a, b), 1))

@add((1, 3, 16, 16))
class CBAMNet(nn.Module):
    def __init__(self, c=16):
        super().__init__()
        self.conv, self.fc1, self.fc2, self.sp, self.head = nn.Conv2d(3, c, 3, 1, 1), nn.Conv2d(c, 4, 1, bias=False), nn.Conv2d(4, c, 1, bias=False), nn.Conv2d(2, 1, 7, padding=3, bias=False), nn.Linear(c, 2)
    def forward(self, x):
        x = self.conv(x)
        f = lambda t: self.fc2(F.relu(self.fc1(t)))
        x = x * torch.sigmoid(f(F.adaptive_avg_pool2d(x, 1)) + f(F.adaptive_max_pool2d(x, 1)))
        s = torch.cat([x.mean(1, keepdim=True), x.max(1, keepdim=True)[0]], 1)
        x = x * torch.sigmoid(self.sp(s))
        return self.head(x.mean([2, 3]))

@add((1, 3, 16, 16))
class NonLocalGauss(nn.Module):
    def __init__(self, c=8):
        super().__init__()
        self.stem, self.theta, self.phi, self.g, self.w = nn.Conv2d(3, c, 3, 2, 1), nn.Conv2d(c, 4, 1), nn.Conv2d(c, 4, 1), nn.Conv2d(c, 4, 1), nn.Conv2d(4, c, 1)
        self.bn, self.out = nn.BatchNorm2d(c), nn.Conv2d(c, 2, 1)
    def forward(self, x):
        x = self.stem(x)
        n = x.size(0)
        g = self.g(x).view(n, 4, -1).permute(0, 2, 1)
        t = self.theta(x).view(n, 4, -1).permute(0, 2, 1)
        p = self.phi(x).view(n, 4, -1)
        f = F.softmax(torch.matmul(t, p), dim=-1)
        y = torch.matmul(f, g).permute(0, 2, 1).contiguous().view(n, 4, *x.size()[2:])
        return self.out(self.bn(self.w(y)) + x)

@add((1, 3, 16, 16))
class GroupNormRes(nn.Module):
    def __init__(self, c=16):
        super().__init__()
        self.stem, self.n1, self.c1, self.n2, self.c2 = nn.Conv2d(3, c, 3, 1, 1), nn.GroupNorm(4, c), nn.Conv2d(c, c, 3, 1, 1), nn.GroupNorm(8, c), nn.Conv2d(c, c, 3, 1, 1)
        self.temb, self.out = nn.Linear(4, c), nn.Conv2d(c, 3, 1)
    def forward(self, x):
        t = torch.ones(x.shape[0], 4)
        x = self.stem(x)
        h = self.c1(F.silu(self.n1(x)))
        h = h + self.temb(t)[:, :, None, None]
        h = self.c2(F.silu(self.n2(h)))
        return self.out(x + h)

@add((1, 4, 8, 8), (1, 6))
class DiffusionTime(nn.Module):
    def __init__(self, c=8):
        super().__init__()
        self.inp, self.t1, self.t2 = nn.Conv2d(4, c, 3, 1, 1), nn.Linear(6, 12), nn.Linear(12, 2 * c)
        self.norm, self.conv, self.out = nn.GroupNorm(2, c), nn.Conv2d(c, c, 3, 1, 1), nn.Conv2d(c, 4, 3, 1, 1)
    def forward(self, x, t):
        x = self.inp(x)
        scale, shift = self.t2(F.silu(self.t1(t))).chunk(2, dim=1)
        h = self.norm(x) * (1 + scale[..., None, None]) + shift[..., None, None]
        return self.out(x + self.conv(F.silu(h)))

@add((1, 3, 16, 16))
class AdaINStyle(nn.Module):
    def __init__(self, c=8):
        super().__init__()
        self.a, self.b, self.o = nn.Conv2d(3, c, 3, 1, 1), nn.Conv2d(3, c, 3, 1, 1), nn.Conv2d(c, 3, 3, 1, 1)
    def forward(self, x):
        u, v = self.a(x), self.b(x)
        mu, mv = u.mean((2, 3), keepdim=True), v.mean((2, 3), keepdim=True)
        su, sv = u.var((2, 3), keepdim=True).add(1e-5).sqrt(), v.var((2, 3), keepdim=True).add(1e-5).sqrt()
        return self.o((u - mu) / su * sv + mv)

@add((2, 5, 3))
class PointMax(nn.Module):
    def __init__(self):
        super().__init__()
        self.m1, self.m2, self.head = nn.Sequential(nn.Linear(3, 8), nn.ReLU(), nn.Linear(8, 16)), nn.Linear(32, 8), nn.Linear(8, 2)
    def forward(self, x):
        f = self.m1(x)
        g = f.max(dim=1, keepdim=True)[0].repeat(1, f.shape[1], 1)
        return self.head(F.relu(self.m2(torch.cat([f, g], dim=2))))

@add((2, 5), ("int", (2, 3), 7))
class WideDeep(nn.Module):
    def __init__(self):
        super().__init__()
        self.embs = nn.ModuleList([nn.Embedding(7, 4) for _ in range(3)])
        self.deep, self.wide = nn.Sequential(nn.Linear(17, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 1)), nn.Linear(5, 1)
    def forward(self, x, c):
        e = torch.cat([self.embs[i](c[:, i]) for i in range(3)], 1)
        return torch.sigmoid(self.deep(torch.cat([x, e], 1)) + self.wide(x)).squeeze(-1)

@add((2, 8))
class DCNCross(nn.Module):
    def __init__(self):
        super().__init__()
        self.c1, self.c2, self.d, self.o = nn.Linear(8, 8), nn.Linear(8, 8), nn.Linear(8, 6), nn.Linear(14, 1)
    def forward(self, x):
        y = x * self.c1(x) + x
        y = x * self.c2(y) + y
        return self.o(torch.cat([y, F.relu(self.d(x))], dim=-1))

@add((2, 10))
class ResMLPBN(nn.Module):
    def __init__(self):
        super().__init__()
        self.inp, self.l1, self.b1, self.l2, self.b2, self.o = nn.Linear(10, 12), nn.Linear(12, 12), nn.BatchNorm1d(12), nn.Linear(12, 12), nn.BatchNorm1d(12), nn.Linear(12, 3)
    def forward(self, x):
        x = self.inp(x)
        return self.o(F.relu(x + self.b2(self.l2(F.relu(self.b1(self.l1(x)))))))

@add((2, 4))
class VAEOut(nn.Module):
    def __init__(self):
        super().__init__()
        self.e, self.mu, self.lv, self.d, self.o = nn.Linear(4, 8), nn.Linear(8, 3), nn.Linear(8, 3), nn.Linear(3, 8), nn.Linear(8, 4)
    def forward(self, x):
        h = F.relu(self.e(x))
        mu, lv = self.mu(h), self.lv(h)
        z = mu + torch.exp(0.5 * lv) * 0.3
        return torch.sigmoid(self.o(F.relu(self.d(z)))), mu, lv

@add((1, 3, 16, 16))
class NestedTupleOut(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b, self.c = nn.Conv2d(3, 8, 3, 1, 1), nn.Conv2d(8, 8, 3, 2, 1), nn.Conv2d(8, 4, 1)
    def forward(self, x):
        a = self.a(x); b = self.b(a)
        return a, (b, self.c(b))

class TwoOutBlock(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Conv2d(8, 8, 1), nn.Conv2d(8, 8, 1)
    def forward(self, x, y):
        return self.a(x) + y, self.b(y) + x

@add((1, 3, 16, 16))
class TwoStream(nn.Module):
    def __init__(self):
        super().__init__()
        self.i, self.j = nn.Conv2d(3, 8, 1), nn.Conv2d(3, 8, 1)
        self.b1, self.b2 = TwoOutBlock(), TwoOutBlock()
        self.o = nn.Conv2d(8, 2, 1)
    def forward(self, x):
        a, b = self.i(x), self.j(x)
        a, b = self.b1(a, b)
        a, b = self.b2(a, b)
        return self.o(a - b)

@add((1, 3, 24, 24))
class RepVGGTrain(nn.Module):
    def __init__(self, c=8):
        super().__init__()
        self.s = nn.Conv2d(3, c, 3, 2, 1)
        self.k3 = nn.Sequential(nn.Conv2d(c, c, 3, 1, 1, bias=False), nn.BatchNorm2d(c)); self.k1 = nn.Sequential(nn.Conv2d(c, c, 1, bias=False), nn.BatchNorm2d(c)); self.kid = nn.BatchNorm2d(c)
        self.act, self.fc = nn.ReLU(), nn.Linear(c, 2)
    def forward(self, x):
        x = self.act(self.s(x))
        x = self.act(self.k3(x) + self.k1(x) + self.kid(x))
        return self.fc(x.mean((2, 3)))

@add((1, 3, 16, 16))
class MaxoutNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b, self.o = nn.Conv2d(3, 8, 3, 1, 1), nn.Conv2d(3, 8, 3, 1, 1), nn.Conv2d(8, 2, 1)
    def forward(self, x):
        return self.o(torch.max(self.a(x), self.b(x)) + torch.min(self.a(x), self.b(x)))

@add((1, 3, 16, 16))
class StackMean(nn.Module):
    def __init__(self):
        super().__init__()
        self.br = nn.ModuleList([nn.Conv2d(3, 8, k, padding=k // 2) for k in (1, 3, 5)]); self.o = nn.Conv2d(8, 2, 1)
    def forward(self, x):
        return self.o(torch.stack([b(x) for b in self.br]).mean(0))

@add((1, 3, 16, 16))
class SumList(nn.Module):
    def __init__(self):
        super().__init__()
        self.br = nn.ModuleList([nn.Conv2d(3, 8, k, padding=k // 2) for k in (1, 3, 5)]); self.o = nn.Conv2d(8, 2, 1)
    def forward(self, x):
        return self.o(sum([b(x) for b in self.br]))

@add((1, 3, 16, 16))
class FunctionalConv(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.o = nn.Conv2d(3, 8, 3, 1, 1), nn.Conv2d(8, 2, 1)
        self.w = nn.Parameter(torch.rand(8, 8, 3, 3))
    def forward(self, x):
        x = self.a(x)
        return self.o(F.conv2d(x, self.w, padding=1) + x)

@add((1, 3, 16, 16))
class InstanceStyle(nn.Module):
    def __init__(self):
        super().__init__()
        self.pad, self.c1, self.i1, self.c2, self.i2, self.up, self.o = nn.ReflectionPad2d(1), nn.Conv2d(3, 8, 3), nn.InstanceNorm2d(8, affine=True), nn.Conv2d(8, 8, 3), nn.InstanceNorm2d(8), nn.ConvTranspose2d(8, 8, 3, 2, 1, 1), nn.Conv2d(8, 3, 1)
    def forward(self, x):
        x = F.relu(self.i1(self.c1(self.pad(x))))
        x = x + self.i2(self.c2(self.pad(x)))
        return torch.tanh(self.o(F.relu(self.up(x))))

@add(("int", (2, 9), 15))
class CNNText(nn.Module):
    def __init__(self):
        super().__init__()
        self.emb, self.convs, self.fc = nn.Embedding(15, 8), nn.ModuleList([nn.Conv2d(1, 6, (k, 8)) for k in (2, 3)]), nn.Linear(12, 3)
    def forward(self, ids):
        x = self.emb(ids).unsqueeze(1)
        ys = [F.relu(c(x)).squeeze(3) for c in self.convs]
        return self.fc(torch.cat([F.max_pool1d(y, y.size(2)).squeeze(2) for y in ys], 1))

@add((1, 3, 16, 16))
class LocalFunc(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b, self.c, self.o = nn.Conv2d(3, 8, 3, 1, 1), nn.Conv2d(8, 8, 1), nn.Conv2d(8, 8, 1), nn.Conv2d(8, 2, 1)
    def _mix(self, u, v):
        return torch.addcmul(u, v, v, value=0.5)
    def forward(self, x):
        x = self.a(x)
        return self.o(self._mix(self.b(x), self.c(x)))

@add((1, 3, 16, 16))
class WhereMix(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b, self.o = nn.Conv2d(3, 8, 3, 1, 1), nn.Conv2d(3, 8, 3, 1, 1), nn.Conv2d(8, 2, 1)
    def forward(self, x):
        u, v = self.a(x), self.b(x)
        return self.o(torch.where(u > v, u, v))

@add((1, 3, 16, 16))
class RepeatInterleave(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b, self.o = nn.Conv2d(3, 4, 3, 1, 1), nn.Conv2d(3, 8, 3, 1, 1), nn.Conv2d(8, 2, 1)
    def forward(self, x):
        return self.o(self.a(x).repeat(1, 2, 1, 1) + self.b(x))

@add((2, 6, 8))
class MHAModule(nn.Module):
    def __init__(self):
        super().__init__()
        self.inp, self.att, self.norm, self.ff, self.out = nn.Linear(8, 8), nn.MultiheadAttention(8, 2, batch_first=True), nn.LayerNorm(8), nn.Linear(8, 8), nn.Linear(8, 2)
    def forward(self, x):
        x = self.inp(x)
        a, _ = self.att(x, x, x)
        x = self.norm(x + a)
        return self.out(x + self.ff(x))

@add((1, 3, 32, 32))
class AlexFlat(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(3, 8, 5, 2), nn.ReLU(True), nn.MaxPool2d(2), nn.Conv2d(8, 12, 3), nn.ReLU(True))
        self.classifier = nn.Sequential(nn.Dropout(), nn.Linear(12 * 25, 20), nn.ReLU(True), nn.Linear(20, 4))
    def forward(self, x):
        x = self.features(x)
        x = x.view(x.size(0), 12 * 5 * 5)
        return self.classifier(x)

@add((1, 3, 32, 32))
class AuxReturn(nn.Module):
    def __init__(self):
        super().__init__()
        self.c1, self.c2, self.aux, self.fc = nn.Conv2d(3, 8, 3, 2, 1), nn.Conv2d(8, 8, 3, 2, 1), nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 3)), nn.Linear(8, 3)
    def forward(self, x):
        x = F.relu(self.c1(x)); aux = self.aux(x)
        x = F.relu(self.c2(x) + F.max_pool2d(x, 2))
        return {"out": self.fc(x.mean((2, 3))), "aux": aux}
