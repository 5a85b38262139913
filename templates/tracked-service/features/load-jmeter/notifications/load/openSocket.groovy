// Signs in, signs up before if necessary, and opens a Socket.IO connection over a WebSocket of the JDK.
// https://socket.io/docs/v4/engine-io-protocol
import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse.BodyHandlers
import java.net.http.WebSocket
import java.util.concurrent.CompletableFuture
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.TimeUnit

// Several sockets share an account, as the windows of one person do.
def accounts = 20
def email = "load-${ctx.threadNum % accounts}@example.com".toString()
def origin = "${props.get('protocol')}://${props.get('host')}:${props.get('port')}".toString()
def client = HttpClient.newHttpClient()
def post = { path, content ->
  def request = HttpRequest.newBuilder(URI.create(origin + path))
    .header('content-type', 'application/json')
    .POST(HttpRequest.BodyPublishers.ofString(JsonOutput.toJson(content)))
    .build()
  client.send(request, BodyHandlers.ofString())
}
def credentials = [email: email, password: 'load test password']
def answer = post('/api/session', credentials)
if (answer.statusCode() == 401) {
  answer = post('/api/accounts', credentials + [name: 'Load Test'])
  // Another thread with the same account was faster.
  if (answer.statusCode() == 409) answer = post('/api/session', credentials)
}
if (!(answer.statusCode() in [200, 201])) {
  throw new IllegalStateException("Signing in failed with ${answer.statusCode()}: ${answer.body()}")
}
def cookie = answer.headers().firstValue('set-cookie').get().split(';')[0]

def arrived = new ConcurrentHashMap<String, Integer>()
def opened = new CompletableFuture<Boolean>()
def receive = { WebSocket socket, String data ->
  if (data.startsWith('0')) socket.sendText('40{}', true)
  else if (data.startsWith('40')) opened.complete(true)
  else if (data == '2') socket.sendText('3', true)
  else if (data.startsWith('42')) {
    def matcher = data =~ /(?s)^42(\d*)(.*)$/
    def (event, events) = new JsonSlurper().parseText(matcher[0][2])
    if (event == 'events') {
      events.findAll { it.type == 'notification' }.each { arrived.merge(it.notification.title, 1) { known, added -> known + added } }
      if (matcher[0][1]) socket.sendText("43${matcher[0][1]}[]", true)
    }
  }
}
def listener = new WebSocket.Listener() {
  String text = ''

  CompletableFuture<?> onText(WebSocket socket, CharSequence part, boolean last) {
    text += part
    if (last) {
      def data = text
      text = ''
      receive(socket, data)
    }
    socket.request(1)
    null
  }

  void onError(WebSocket socket, Throwable error) {
    opened.completeExceptionally(error)
  }
}
def url = origin.replaceFirst('^http', 'ws') + '/api/socket/?EIO=4&transport=websocket'
def socket = client.newWebSocketBuilder().header('cookie', cookie)
  .buildAsync(URI.create(url), listener).get(10, TimeUnit.SECONDS)
opened.get(10, TimeUnit.SECONDS)
// For the HTTP samplers and checkArrived.groovy.
vars.put('cookie', cookie)
vars.put('email', email)
vars.put('title', "load ${UUID.randomUUID()}".toString())
vars.putObject('socket', socket)
vars.putObject('arrived', arrived)
// Not a request of the load test.
SampleResult.setIgnore()
