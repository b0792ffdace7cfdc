package aero.contrail.loyalty.programme;

import java.time.LocalDate;
import java.util.List;

/**
 * The versions of one kind of rule: how they are filed, and who hears of it.
 *
 * @param <T> what a version says
 */
public abstract class FiledRules<T> {

  private final RuleBook rules;
  private final RuleKind kind;
  private final Class<T> type;

  protected FiledRules(RuleBook rules, RuleKind kind, Class<T> type) {
    this.rules = rules;
    this.kind = kind;
    this.type = type;
  }

  /** All versions, oldest first. */
  public List<RuleVersion<T>> all() {
    return rules.versions(kind, type);
  }

  /**
   * Files a version and tells the others, within the caller's transaction.
   *
   * @return false when there is one from that day on: what is filed never changes
   */
  public boolean file(LocalDate effectiveFrom, T body, String filedBy) {
    var fresh = rules.file(kind, effectiveFrom, body, filedBy);
    if (fresh) {
      tell(effectiveFrom, body);
    }
    return fresh;
  }

  /**
   * The same for who wants to see it.
   *
   * @throws aero.contrail.web.problem.Problem when there is one from that day on
   */
  public RuleVersion<T> filed(LocalDate effectiveFrom, T body, String filedBy) {
    if (!file(effectiveFrom, body, filedBy)) {
      throw Filing.alreadyFiled(effectiveFrom);
    }
    return RuleVersion.on(effectiveFrom, all()).orElseThrow();
  }

  /** Tells the others about versions that came with the installation. */
  public void announce() {
    rules.announce(kind, type).forEach(version -> tell(version.effectiveFrom(), version.body()));
  }

  /** Tells the others about a version; nobody by itself. */
  protected void tell(LocalDate effectiveFrom, T body) {}
}
