package aero.contrail.web;

/** What there is to try things out with: a line of what the sandbox says when it has started. */
public interface SandboxNote {

  /** In a word. */
  String topic();

  String text();
}
