// Signs the visitor in; in the first run, signs up.
import groovy.json.JsonOutput
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse.BodyHandlers

def email = "load-${ctx.threadNum + 1}@example.com".toString()
def origin = "${props.get('protocol')}://${props.get('host')}:${props.get('port')}".toString()
// Otherwise it offers HTTP/2, which the service reads as the upgrade to a WebSocket.
def client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()
def post = { path, content ->
  def request = HttpRequest.newBuilder(URI.create(origin + path))
    .header('content-type', 'application/json')
    .POST(HttpRequest.BodyPublishers.ofString(JsonOutput.toJson(content)))
    .build()
  client.send(request, BodyHandlers.ofString())
}
def credentials = [email: email, password: 'load test password']
def answer = post('/api/session', credentials)
if (answer.statusCode() == 401) answer = post('/api/accounts', credentials + [name: 'Load Test'])
if (!(answer.statusCode() in [200, 201])) {
  throw new IllegalStateException("Signing in failed with ${answer.statusCode()}: ${answer.body()}")
}
// For the HTTP samplers.
vars.put('cookie', answer.headers().firstValue('set-cookie').get().split(';')[0])
vars.put('visits', '0')
// Not a request of the load test.
SampleResult.setIgnore()
