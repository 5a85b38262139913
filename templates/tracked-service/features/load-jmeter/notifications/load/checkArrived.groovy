// Waits for the notification that this thread has sent. If it does not arrive exactly once, it counts as a failed request.
def longestWaitMs = 5_000
def title = vars.get('title')
def arrived = vars.getObject('arrived')
vars.put('title', "load ${UUID.randomUUID()}".toString())

def until = System.currentTimeMillis() + longestWaitMs
while (arrived != null && !arrived.containsKey(title) && System.currentTimeMillis() < until) sleep(5)
def count = arrived?.get(title) ?: 0
if (count == 1) {
  SampleResult.setIgnore()
} else {
  SampleResult.setSuccessful(false)
  SampleResult.setResponseCode('500')
  SampleResult.setResponseMessage("arrived ${count} times within ${longestWaitMs} ms")
}
