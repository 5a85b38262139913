// Chooses a product in stock from the list, and what this visit does with it. A list that is no list is a failed request.
import groovy.json.JsonSlurper

int visit = vars.get('visits').toInteger() + 1
vars.put('visits', visit.toString())
vars.put('inStock', 'false')
if (!prev.isSuccessful()) return

if (!(prev.responseHeaders =~ /(?im)^x-instance-id:/)) {
  prev.setSuccessful(false)
  prev.setResponseMessage('no x-instance-id')
  return
}
def products = new JsonSlurper().parseText(prev.responseDataAsString).items.findAll { it.stock > 0 }
if (products.isEmpty()) return
def product = products[(ctx.threadNum + visit) % products.size()]
vars.put('inStock', 'true')
vars.put('slug', product.slug)
vars.put('productId', product.id.toString())
vars.put('buys', (visit % 4 == 0).toString())
