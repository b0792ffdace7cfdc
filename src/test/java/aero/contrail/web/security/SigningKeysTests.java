package aero.contrail.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import aero.contrail.HttpTest;
import aero.contrail.web.security.SigningKey.Purpose;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keys are the same for all instances, change in time, and cannot be read off the database. */
@HttpTest
class SigningKeysTests {

  private static final String CHANNEL = "web";

  @Autowired JdbcClient jdbc;
  @Autowired MasterKey master;
  @Autowired ApiClients settings;

  @Value("${contrail.security.master-key}")
  String current;

  @BeforeEach
  void begin() {
    jdbc.sql("delete from web.signing_key").update();
  }

  private SigningKeys instance() {
    return new SigningKeys(jdbc, master, settings);
  }

  /** Lets time go by for all keys. */
  private void age(Duration time) {
    jdbc.sql("update web.signing_key set made_at = made_at - make_interval(secs => :seconds)")
        .param("seconds", time.toSeconds())
        .update();
  }

  private SignedTokens tokens(SigningKeys keys) {
    keys.refresh();
    return new SignedTokens(keys, settings);
  }

  @Test
  void instancesThatStartTogetherSignWithTheSameKey() throws Exception {
    try (var starts = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<String> start = () -> instance().of(Purpose.ACCESS_TOKENS).signing().getKeyID();
      var ids = starts.invokeAll(List.of(start, start, start, start, start, start));
      var first = ids.getFirst().get();
      for (var id : ids) {
        assertThat(id.get()).isEqualTo(first);
      }
    }
  }

  @Test
  void whatTheOldKeySignedIsGoodWhileTheNewOneTakesOver() {
    var here = instance();
    var there = instance();
    var old = tokens(here).sign(SignedTokens.Kind.OFFER, "an offer", CHANNEL);
    var oldKey = here.of(Purpose.OFFERS).signing();

    age(settings.keyLifetime());
    here.refresh();
    assertThat(here.of(Purpose.OFFERS).signing()).isEqualTo(oldKey); // others do not know it yet
    age(KeyRing.ANNOUNCED);
    here.refresh();
    assertThat(here.of(Purpose.OFFERS).signing()).isNotEqualTo(oldKey);

    var fresh = new SignedTokens(here, settings).sign(SignedTokens.Kind.OFFER, "another", CHANNEL);
    assertThat(tokens(there).verify(SignedTokens.Kind.OFFER, old, CHANNEL)).contains("an offer");
    assertThat(tokens(there).verify(SignedTokens.Kind.OFFER, fresh, CHANNEL)).contains("another");

    age(settings.keyOverlap());
    assertThat(tokens(there).verify(SignedTokens.Kind.OFFER, old, CHANNEL)).isEmpty();
    assertThat(tokens(there).verify(SignedTokens.Kind.OFFER, fresh, CHANNEL)).contains("another");
  }

  @Test
  void aDeletedKeyIsReplacedAtOnce() {
    var keys = instance();
    var stolen = tokens(keys).sign(SignedTokens.Kind.OFFER, "an offer", CHANNEL);
    begin();
    assertThat(tokens(keys).verify(SignedTokens.Kind.OFFER, stolen, CHANNEL)).isEmpty();
  }

  @Test
  void anOfferIsGoodForItsChannelAndAsItIs() {
    var tokens = tokens(instance());
    var offer = tokens.sign(SignedTokens.Kind.OFFER, "an offer", CHANNEL);
    assertThat(tokens.verify(SignedTokens.Kind.OFFER, offer, CHANNEL)).contains("an offer");
    assertThat(tokens.verify(SignedTokens.Kind.SERVICE, offer, CHANNEL)).isEmpty();
    assertThat(tokens.verify(SignedTokens.Kind.OFFER, offer, "agency")).isEmpty();
    assertThat(
            tokens.verify(
                SignedTokens.Kind.OFFER, offer.substring(0, offer.length() - 2) + "AA", CHANNEL))
        .isEmpty();
    assertThat(tokens.verify(SignedTokens.Kind.OFFER, "", CHANNEL)).isEmpty();
    assertThat(tokens.verify(SignedTokens.Kind.OFFER, "a.b.c", CHANNEL)).isEmpty();
  }

  @Test
  void theDatabaseAloneTellsNoKey() {
    var key = instance().of(Purpose.OFFERS).signing().toOctetSequenceKey();
    var stored = jdbc.sql("select sealed from web.signing_key").query(String.class).list();
    assertThat(stored).hasSize(Purpose.values().length);
    assertThat(stored.toString())
        .doesNotContain(key.getKeyValue().toString())
        .doesNotContain(key.getKeyID());
  }

  @Test
  void anotherMasterKeyOpensThemAsTheFormerOne() {
    var kid = instance().of(Purpose.OFFERS).signing().getKeyID();
    var other =
        Base64.getEncoder()
            .encodeToString("another 32 bytes for sealing key".getBytes(StandardCharsets.UTF_8));
    assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
        .isThrownBy(() -> new SigningKeys(jdbc, new MasterKey(other, ""), settings).refresh())
        .matches(e -> String.valueOf(e.getReason()).contains("former-master-key"));
    var renewed = new SigningKeys(jdbc, new MasterKey(other, current), settings);
    assertThat(renewed.of(Purpose.OFFERS).signing().getKeyID()).isEqualTo(kid);
  }

  /** As while a master key is being replaced on one instance after the other. */
  @Test
  void aKeyThatCannotBeOpenedIsLeftOutWhileThereAreOthers() {
    var keys = instance();
    var kid = keys.of(Purpose.OFFERS).signing().getKeyID();
    jdbc.sql(
            """
            insert into web.signing_key (purpose, generation, sealed, made_at)
            select purpose, generation + 1, 'sealed elsewhere', now() from web.signing_key
            """)
        .update();
    keys.refresh();
    assertThat(keys.of(Purpose.OFFERS).signing().getKeyID()).isEqualTo(kid);
  }

  @Test
  void anOfferDoesNotOutliveItsKey() {
    assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
        .isThrownBy(
            () -> tokens(instance()).requireGoodFor("offers", settings.keyOverlap().plusDays(1)));
  }

  @Test
  void aMasterKeyHas32Bytes() {
    for (var wrong : List.of("", "too short", "AAAA", "%%%")) {
      assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
          .isThrownBy(() -> new MasterKey(wrong, ""))
          .matches(e -> String.valueOf(e.getReason()).contains("openssl rand -base64 32"))
          .matches(e -> wrong.isEmpty() || !String.valueOf(e.getValue()).contains(wrong));
    }
  }
}
