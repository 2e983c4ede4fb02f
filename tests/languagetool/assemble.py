"""Makes a folder like that of LanguageTool's own archive out of what Maven has copied.

python assemble.py FOLDER     adds languagetool-server.jar to FOLDER, which has all jars in libs/
"""

import sys
import zipfile
from pathlib import Path

_LINE = 70  # bytes; a manifest may not have longer ones


def main() -> None:
    folder = Path(sys.argv[1])
    names = " ".join(f"libs/{jar.name}" for jar in sorted((folder / "libs").glob("*.jar")))
    line = f"Class-Path: {names}"
    parts = [line[start : start + _LINE] for start in range(0, len(line), _LINE)]
    manifest = "Manifest-Version: 1.0\n" + "\n ".join(parts) + "\n\n"
    with zipfile.ZipFile(folder / "languagetool-server.jar", "w") as jar:
        jar.writestr("META-INF/MANIFEST.MF", manifest)


if __name__ == "__main__":
    main()
