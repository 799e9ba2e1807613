"""Writes the models of models.json as ONNX files with random weights: export_onnx.py FOLDER [NAME …]"""
import os, sys, torch
from torch_common import MODELS, build

folder, names = sys.argv[1], sys.argv[2:] or list(MODELS)
torch.manual_seed(1)
for name in names:
    spec = MODELS[name]
    model = build(spec).eval()
    file = os.path.join(folder, name + ".onnx")
    torch.onnx.export(model, torch.zeros(1, *spec["input"]), file + ".tmp", input_names=["x"], output_names=["y"],
                      dynamic_axes={"x": {0: "n"}, "y": {0: "n"}})
    os.replace(file + ".tmp", file)
