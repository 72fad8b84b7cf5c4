"""Several people act at the same moment."""

import threading

from django.db import connection


def at_once(*works):
    """Run functions in threads of their own, each with its own connection; return their results or errors."""
    results = [None] * len(works)
    start = threading.Barrier(len(works))

    def run(number, work):
        start.wait()
        try:
            results[number] = work()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results
