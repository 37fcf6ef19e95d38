"""A walk through the finder with answers that can be told from everything else."""

from dataclasses import dataclass, field

import requests

from app.guidance.finder_answers import Answers, Area, Goal, Situation, Stage
from tests.buyer import Buyer
from tests.finder.walks import form_of

RUN = Answers(Area.HIPS_GLUTES, Stage.SUBACUTE, Goal.STRENGTHEN, Situation.SPORT)
PREGNANT = Answers(Area.PELVIS, Stage.CHRONIC, Goal.SUPPORT, Situation.PREGNANT)
MARK = "QuinceMarmalade7731"
SIGNS = ["emergency-2", "pregnancy-3", "urgent-9"]
SIGN_TEXTS = ["trouble starting to pee", "burning feeling", "lump, or a change"]
PRIVATE = [
    *SIGNS,
    *SIGN_TEXTS,
    MARK,
    *(value for answers in (RUN, PREGNANT) for value in form_of(answers).values() if value != "none"),
    "emergency",
    "country",
    "how_long",
]


@dataclass
class Watch:
    """What a walk through the finder left where others could read it."""

    answers: list[requests.Response] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)

    def send(self, buyer: Buyer, path: str, data: object, headers: dict[str, str] | None = None) -> int:
        """Send a form and keep what came back."""
        answer = buyer.http.post(
            buyer.shop + path,
            data=data,  # type: ignore[arg-type]
            headers=headers,
            timeout=30,
            allow_redirects=False,
        )
        self.answers.append(answer)
        self.addresses.append(str(answer.request.url))
        return answer.status_code


def walk(buyer: Buyer) -> Watch:
    watch = Watch()
    marked = {"note": MARK}
    statuses = [
        watch.send(buyer, "/finder", {**marked, "sign": SIGNS, "country": "uk"}),
        watch.send(buyer, "/finder", {**marked, "country": "eu"}),
        watch.send(buyer, "/finder", {**marked, "no_sign": "none", "country": "elsewhere"}),
        watch.send(buyer, "/finder/results", {**form_of(RUN), **marked}),
        watch.send(buyer, "/finder/results", {**form_of(PREGNANT), **marked}),
        watch.send(buyer, "/finder/results", {**form_of(RUN), "where": MARK}),
        watch.send(buyer, "/finder/results", {**marked, **form_of(RUN), "signs": MARK}),
        watch.send(buyer, "/finder/results", {**form_of(RUN), "note": MARK * 20_000}),
        watch.send(buyer, "/finder/results", {**form_of(RUN), "note": f"{MARK}\0"}),
        watch.send(buyer, "/finder", {"sign": SIGNS}, {"Sec-Fetch-Site": "cross-site"}),
        watch.send(
            buyer,
            "/finder",
            f"--x\r\nContent-Disposition: form-data; name=sign\r\n\r\n{SIGNS[0]}".encode(),
            {"Content-Type": "multipart/form-data; boundary=y"},
        ),
    ]
    assert statuses == [200, 422, 200, 200, 200, 422, 422, 413, 400, 403, 422]
    return watch
