"""Outlines of the schematic map: regions as cells, countries around them, for both kinds of charts."""

import json
from functools import cache
from pathlib import Path

import numpy as np
from matplotlib.path import Path as Outline

MAPS = Path(__file__).resolve().parent.parent / "maps"
CELLS, COUNTRIES = "nuts3_border_schematic.geojson", "country_outline_naturalearth.geojson"
ATTRIBUTION = "Schematic, not official boundaries. Made with Natural Earth."
SOUTH, NORTH, WEST, EAST = 50.76, 53.74, 4.21, 8.79  #: just inside the window of the outlines
SQUEEZE = float(np.cos(np.radians((SOUTH + NORTH) / 2)))  #: a degree of longitude in degrees of latitude
COUNTRY_NAMES = {"NETHERLANDS": (4.95, 52.15), "GERMANY": (8.2, 51.3)}


@cache
def features(name):
    """Features of a GeoJSON file in `maps`."""
    return json.loads((MAPS / name).read_text(encoding="utf-8"))["features"]


def polygons(feature):
    """Polygons of a feature, each a list of rings."""
    geometry = feature["geometry"]
    many = geometry["type"] == "MultiPolygon"
    return geometry["coordinates"] if many else [geometry["coordinates"]]


def read_outlines(name):
    """Features of a GeoJSON file as (properties, matplotlib path) pairs."""
    outlines = []
    for feature in features(name):
        rings = [
            Outline(np.asarray(ring)[:, :2], closed=True)
            for polygon in polygons(feature)
            for ring in polygon
        ]
        outlines.append((feature["properties"], Outline.make_compound_path(*rings)))
    return outlines


def _geometry(feature_type, coordinates, code=""):
    """A feature of GeoJSON."""
    geometry = {"type": feature_type, "coordinates": coordinates}
    return {"type": "Feature", "properties": {"code": code}, "geometry": geometry}


def flat_cells():
    """Regions as GeoJSON on a plane: longitudes squeezed, rounded to about 100 m."""
    return [
        _geometry(
            "MultiPolygon",
            [[[flat(*point[:2]) for point in ring] for ring in part] for part in polygons(feature)],
            feature["properties"]["nuts3_2016"],
        )
        for feature in features(CELLS)
    ]


def flat_borders():
    """Outlines of the countries as lines on the same plane, without the frame of the window."""

    def inside(x, y):
        return WEST < x < EAST and SOUTH < y < NORTH

    lines = []
    for feature in features(COUNTRIES):
        for ring in (ring for polygon in polygons(feature) for ring in polygon):
            for start, end in zip(ring, ring[1:]):
                if not (inside(*start[:2]) and inside(*end[:2])):
                    continue
                if not lines or lines[-1][-1] != flat(*start[:2]):
                    lines.append([flat(*start[:2])])
                lines[-1].append(flat(*end[:2]))
    return [_geometry("MultiLineString", lines)]


def flat(x, y):
    """A place on the plane of the report's map."""
    return [round(x * SQUEEZE, 3), round(y, 3)]


@cache
def region_names():
    """Code -> name of each region of the map."""
    return {
        feature["properties"]["nuts3_2016"]: feature["properties"]["name"]
        for feature in features(CELLS)
    }


def short_name(code):
    """Name of a region without what stands in brackets or after a comma; its code without one."""
    return region_names().get(code, code).split(" (")[0].split(",")[0]


def centre_of(outline):
    """Centre of gravity of the largest ring of an outline."""

    def area(ring):
        x, y = ring.T
        return (x[:-1] * y[1:] - x[1:] * y[:-1]).sum() / 2

    ring = max(outline.to_polygons(), key=lambda ring: abs(area(ring)))
    (x, y), cross = ring.T, area(ring)
    parts = x[:-1] * y[1:] - x[1:] * y[:-1]
    return ((x[:-1] + x[1:]) * parts).sum() / (6 * cross), ((y[:-1] + y[1:]) * parts).sum() / (
        6 * cross
    )
