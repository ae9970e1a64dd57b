from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
async def start(request):
    return PlainTextResponse("EBW-assistent")
app = Starlette(routes=[Route("/", start)])
