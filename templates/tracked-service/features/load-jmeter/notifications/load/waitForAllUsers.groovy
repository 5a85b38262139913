// The load starts when all users are connected. Not measured: the sign-ins, because hashing passwords is slow on purpose,
// and the first request of each user, in which JMeter loads its classes; its connection stays open for the next ones.
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit

def longestWaitSeconds = 30
def connected = props.computeIfAbsent('connected') { new CountDownLatch(ctx.threadGroup.numThreads) }
connected.countDown()
connected.await(longestWaitSeconds, TimeUnit.SECONDS)
prev.setIgnore()
