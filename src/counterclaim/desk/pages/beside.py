"""Pages that set what the sides say beside each other."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from counterclaim.desk import asking, axis, render
from counterclaim.desk.shell import Desk, routes
from counterclaim.views import flat, lists
from counterclaim.views.answers import answers
from counterclaim.views.sides import sides


def addresses(desk: Desk) -> list[Route]:
    """Sides and answers."""
    forms = ("html", "json", "csv")
    return [*routes(desk, "/sides", beside, *forms), *routes(desk, "/answers", answered, *forms)]


def beside(desk: Desk, request: Request, form: str) -> Response:
    """The sides' figures beside each other."""
    if lately := desk.lately(request, form):
        return lately
    params = request.query_params
    every = asking.value(params, "every") is not None
    found = sides(desk.record, asking.wanted(params, desk.record), lists.TOLL, every)
    if form == "json":
        return render.as_json(found)
    if form == "csv":
        return render.as_csv(flat.flat_sides(found), "sides")
    return desk.page(request, "sides.html", name="sides", matters=[(m, axis.bars(m)) for m in found])


def answered(desk: Desk, request: Request, form: str) -> Response:
    """What is said, and what is answered."""
    if lately := desk.lately(request, form):
        return lately
    found = answers(desk.record, asking.wanted(request.query_params, desk.record))
    if form == "json":
        return render.as_json(found)
    if form == "csv":
        return render.as_csv(flat.flat_answers(found), "answers")
    return desk.page(request, "answers.html", name="answers", answers=found)
