package aero.contrail.database;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A value that belongs to the running transaction: made when it is first asked for, gone when the
 * transaction ends. A transaction within another has its own. Thread-safe.
 *
 * @param <T> of the value
 */
public final class TransactionLocal<T> {

  private final Supplier<T> initial;
  private final Consumer<T> committed;

  /**
   * @param initial makes the value
   * @param committed is given it right after the commit, on the same thread
   */
  public TransactionLocal(Supplier<T> initial, Consumer<T> committed) {
    this.initial = initial;
    this.committed = committed;
  }

  /** The value; null when it was not asked for yet, and without a transaction. */
  @SuppressWarnings("unchecked") // only this class binds values under this key
  public @Nullable T find() {
    return (T) TransactionSynchronizationManager.getResource(this);
  }

  /**
   * The value.
   *
   * @throws IllegalStateException when no transaction is active
   */
  public T get() {
    var known = find();
    if (known != null) {
      return known;
    }
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("needs a transaction: open one around the caller");
    }
    var value = initial.get();
    TransactionSynchronizationManager.registerSynchronization(new Binding(value));
    TransactionSynchronizationManager.bindResource(this, value);
    return value;
  }

  private final class Binding implements TransactionSynchronization {
    private final T value;

    Binding(T value) {
      this.value = value;
    }

    @Override
    public void suspend() {
      TransactionSynchronizationManager.unbindResource(TransactionLocal.this);
    }

    @Override
    public void resume() {
      TransactionSynchronizationManager.bindResource(
          TransactionLocal.this, Objects.requireNonNull(value));
    }

    @Override
    public void afterCommit() {
      committed.accept(value);
    }

    @Override
    public void afterCompletion(int status) {
      TransactionSynchronizationManager.unbindResourceIfPossible(TransactionLocal.this);
    }
  }
}
