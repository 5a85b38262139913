/*
 * Runs a declarative Jenkinsfile against a stand-in of Jenkins: every directive and step has to be one that may stand where it stands,
 * nothing is executed. Usage: groovy jenkinsDryRun.groovy JENKINSFILE
 *
 * Finds what compiling alone does not: misspelt directives, steps outside of `steps`, unknown agents, unknown steps.
 */
import org.codehaus.groovy.control.CompilerConfiguration

class Grammar {
  static final CONDITIONS = ['always', 'success', 'failure', 'unstable', 'aborted', 'changed', 'fixed', 'regression', 'unsuccessful', 'cleanup'] as Set
  static final STEPS = ['sh', 'echo', 'archiveArtifacts', 'withCredentials', 'withEnv', 'dir', 'retry', 'timeout', 'error', 'stash', 'unstash', 'junit'] as Set
  /** What may stand in a block; a block that is not named here takes steps. */
  static final Map<String, Set> ALLOWED = [
    root: ['pipeline'] as Set,
    pipeline: ['agent', 'options', 'triggers', 'parameters', 'environment', 'stages', 'post'] as Set,
    stages: ['stage'] as Set,
    stage: ['agent', 'when', 'environment', 'options', 'input', 'steps', 'stages', 'parallel', 'post'] as Set,
    parallel: ['stage'] as Set,
    input: ['message', 'id', 'ok', 'submitter', 'submitterParameter', 'parameters'] as Set,
    agent: ['label', 'docker', 'none'] as Set,
    options: ['timeout', 'timestamps', 'disableConcurrentBuilds', 'buildDiscarder', 'logRotator', 'retry', 'skipDefaultCheckout'] as Set,
    triggers: ['cron', 'pollSCM', 'upstream'] as Set,
    parameters: ['choice', 'string', 'booleanParam'] as Set,
    when: ['branch', 'changeRequest', 'environment', 'expression', 'allOf', 'anyOf', 'not', 'buildingTag'] as Set,
    post: CONDITIONS
  ]
  /** Values that a step takes as argument. */
  static final Set BINDINGS = ['file', 'string', 'usernamePassword', 'credentials'] as Set
}

class Block {
  String name
  List<String> problems
  List<String> path

  private void refuse(String what) {
    problems << ((path ? path.join(' > ') + ': ' : '') + what)
  }

  def methodMissing(String method, Object arguments) {
    def allowed = Grammar.ALLOWED[name]
    if (name == 'environment') {
      if (method != 'credentials') refuse("'${method}' is no value of an environment variable")
      return method
    }
    if (allowed == null) allowed = Grammar.STEPS + Grammar.BINDINGS
    if (!(method in allowed)) refuse("'${method}' is not allowed in '${name}'")
    def list = arguments as List
    def body = list ? list[-1] : null
    // An expression is code for later, with variables that only Jenkins has.
    if (body instanceof Closure && method != 'expression') {
      def label = list[0] instanceof CharSequence ? method + " '" + list[0] + "'" : method
      def inner = Grammar.ALLOWED.containsKey(method) || method == 'environment' ? method : 'steps'
      def copy = body.clone()
      copy.delegate = new Block(name: inner, problems: problems, path: path + label)
      copy.resolveStrategy = Closure.DELEGATE_ONLY
      copy()
      if (method == 'stage' && !(list[0] instanceof CharSequence)) refuse('a stage without a name')
    }
    if (method == 'sh' && !(list && (list[0] instanceof CharSequence || list[0] instanceof Map))) refuse("'sh' without a command")
    return method
  }

  def propertyMissing(String property) {
    if (property in ['any', 'none'] && name in ['pipeline', 'stage']) return property
    if (property in ['env', 'params', 'currentBuild']) return [:]
    refuse("unknown name '${property}'")
    return null
  }

  void setProperty(String property, Object value) {
    if (property in ['name', 'problems', 'path']) {
      this.@"$property" = value
    } else if (name != 'environment') {
      refuse("'${property} = …' outside of 'environment'")
    }
  }
}

abstract class Pipeline extends Script {
  def methodMissing(String method, Object arguments) {
    new Block(name: 'root', problems: binding.problems, path: []).methodMissing(method, arguments)
  }
}

def problems = []
def configuration = new CompilerConfiguration(scriptBaseClass: Pipeline.name)
try {
  def shell = new GroovyShell(this.class.classLoader, new Binding(problems: problems), configuration)
  def script = shell.parse(new File(args[0]))
  script.run()
} catch (Exception | org.codehaus.groovy.control.CompilationFailedException error) {
  problems << error.toString().readLines().take(3).join(' ')
}
problems.each { println it }
System.exit(problems ? 1 : 0)
