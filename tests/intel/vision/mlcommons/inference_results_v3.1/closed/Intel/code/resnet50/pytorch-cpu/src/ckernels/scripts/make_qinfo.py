"""A stand-in for Intel's script that writes the scales of a batch size as a source."""
import argparse
import json

parser = argparse.ArgumentParser()
parser.add_argument("--infile", required=True)
parser.add_argument("--outfile", required=True)
parser.add_argument("--batchsize", type=int, required=True)
args = parser.parse_args()
with open(args.infile) as scales, open(args.outfile, "w") as source:
    source.write(f"int scale_{args.batchsize} = {json.load(scales)['scale']};\n")
