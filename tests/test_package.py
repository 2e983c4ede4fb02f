"""What is shipped: an editable install never shows a forgotten package or file, a wheel does."""

import tarfile
import tomllib
import zipfile

import pytest

WHEEL_LIMIT = 15_000_000  # bytes; the data of the speller is most of it


@pytest.fixture(scope="session")
def setuptools_table(project):
    with open(project / "pyproject.toml", "rb") as handle:
        return tomllib.load(handle)["tool"]["setuptools"]


def packages_of(project, folders):
    """The packages that stand in the checkout, by name, and their folders."""
    return {
        ".".join((name, *init.parent.relative_to(project / folder).parts)): init.parent
        for name, folder in folders.items()
        for init in (project / folder).rglob("__init__.py")
    }


def test_every_package_is_listed_in_pyproject(project, setuptools_table):
    found = packages_of(project, setuptools_table["package-dir"])
    assert sorted(found) == sorted(setuptools_table["packages"])


def test_every_folder_with_modules_is_a_package(project, setuptools_table):
    for folder in setuptools_table["package-dir"].values():
        for module in (project / folder).rglob("*.py"):
            assert (module.parent / "__init__.py").exists(), f"{module} would not be shipped"


def test_every_data_file_is_matched_by_package_data(project, setuptools_table):
    for name, folder in packages_of(project, setuptools_table["package-dir"]).items():
        patterns = setuptools_table["package-data"].get(name, [])
        shipped = {path for pattern in patterns for path in folder.glob(pattern)}
        for path in data_files(folder):
            assert path in shipped, f"{path} would not be shipped"


def data_files(package):
    """What is no code in a package, without that of its subpackages."""
    for path in package.iterdir():
        if path.is_dir() and path.name != "__pycache__" and not (path / "__init__.py").exists():
            yield from (found for found in path.rglob("*") if found.is_file())
        elif path.is_file() and path.suffix != ".py":
            yield path


def test_third_party_data_have_their_terms_beside_them_and_in_the_metadata(project):
    with open(project / "pyproject.toml", "rb") as handle:
        files = tomllib.load(handle)["project"]["license-files"]
    overview = (project / "NOTICE").read_text(encoding="utf-8")
    for data in project.glob("contentlint/**/data"):
        terms = data / "NOTICE"
        assert terms.is_file(), f"{data} has no NOTICE"
        assert terms.relative_to(project).as_posix() in files
        assert terms.relative_to(project).as_posix() in overview


@pytest.mark.slow
def test_the_wheel_holds_what_is_to_be_shipped_and_nothing_else(
    wheel, source_tree, setuptools_table
):
    assert wheel.stat().st_size < WHEEL_LIMIT
    files = zipfile.ZipFile(wheel).namelist()
    code = {name for name in files if ".dist-info/" not in name}
    assert code == expected_files(source_tree, setuptools_table["package-dir"])
    metadata = {name.split(".dist-info/")[1] for name in files if ".dist-info/" in name}
    assert metadata == {
        "METADATA",
        "RECORD",
        "WHEEL",
        "entry_points.txt",
        "licenses/LICENSE",
        "licenses/NOTICE",
        "licenses/contentlint/grammar/data/NOTICE",
        "licenses/contentlint/spelling/data/NOTICE",
        "top_level.txt",
    }


def expected_files(source_tree, folders):
    """The files of the packages in a source tree, as a wheel names them."""
    return {
        "/".join((*name.split("."), *path.relative_to(source_tree / folder).parts))
        for name, folder in folders.items()
        for path in (source_tree / folder).rglob("*")
        if path.is_file()
    }


@pytest.mark.slow
def test_the_sdist_makes_the_same_wheel(wheel, source_tree, new_environment, run, tmp_path):
    builder = new_environment()
    builder.pip("install", "build")
    run([builder.python, "-m", "build", "--sdist", "--outdir", str(tmp_path), str(source_tree)])
    (sdist,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"README.md", "LICENSE", "NOTICE", "pyproject.toml"} <= names
    again = builder.build_wheel(sdist, tmp_path / "wheel")
    assert contents(again) == contents(wheel)


def contents(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist() if "RECORD" not in name}


@pytest.mark.slow
def test_the_installed_wheel_lints(installed, tmp_path):
    (tmp_path / "post.md").write_text("---\ntitle: Cold\n---\nThe refuigerator hums.\n")
    done = installed.contentlint("--output-format", "concise", "post.md", cwd=tmp_path)
    assert done.stdout.startswith("post.md:4:5: error typos/misspelling ")
    assert done.returncode == 1


@pytest.mark.slow
def test_the_installed_wheel_has_every_rule_and_schema(installed, source_tree, run, tmp_path):
    listed = installed.contentlint("rules", cwd=tmp_path).stdout
    modules = {path.stem for path in (source_tree / "rules").glob("[!_]*.py")}
    assert {line.split("/")[0].replace("-", "_") for line in listed.splitlines()} == modules
    show = (
        "from importlib.resources import files;"
        "print(*sorted(f.name for f in files('contentlint.schemas').iterdir()), sep='\\n')"
    )
    shown = run([installed.python, "-c", show], cwd=tmp_path).stdout.splitlines()
    schemas = {path.name for path in (source_tree / "schemas").glob("*.json")}
    assert {name for name in shown if name.endswith(".json")} == schemas
