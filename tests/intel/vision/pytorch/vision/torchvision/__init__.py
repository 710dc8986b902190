"""A stand-in for torchvision: a folder with a folder for each class."""
import pathlib


def image_folder(path):
    """[(class, file)], where a class is its folder's place in the order of names."""
    folders = sorted(p for p in pathlib.Path(path).iterdir() if p.is_dir())
    return [(number, file) for number, folder in enumerate(folders)
            for file in sorted(folder.iterdir())]
