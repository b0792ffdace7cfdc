package aero.contrail.order.document;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.util.Objects;
import java.util.Set;
import java.util.logging.Level;

/**
 * Pages as PDF, tagged for screen readers (PDF/UA), with the font that they need inside. Nothing is
 * loaded from anywhere. Thread-safe.
 */
public final class Pdf {

  /** Where the font of a page comes from: DejaVu, which has Latin, Greek, Cyrillic and more. */
  private static final String FONTS = "/net/sf/jasperreports/fonts/dejavu/";

  private static final int NORMAL = 400;
  private static final int BOLD = 700;

  private static final Set<UnicodeScript> IN_THE_FONT =
      Set.of(
          UnicodeScript.LATIN,
          UnicodeScript.GREEK,
          UnicodeScript.CYRILLIC,
          UnicodeScript.ARMENIAN,
          UnicodeScript.GEORGIAN,
          UnicodeScript.COMMON,
          UnicodeScript.INHERITED);

  static {
    XRLog.listRegisteredLoggers().forEach(logger -> XRLog.setLevel(logger, Level.WARNING));
  }

  private Pdf() {}

  /** Whether a text can be printed: the font has not all scripts. */
  public static boolean hasGlyphs(String text) {
    return text.codePoints().mapToObj(UnicodeScript::of).allMatch(IN_THE_FONT::contains);
  }

  /**
   * A page as PDF.
   *
   * @param page well-formed as XML, with a title and a language; its styles are its own
   */
  public static byte[] of(String page) {
    var pdf = new ByteArrayOutputStream();
    try {
      new PdfRendererBuilder()
          .usePdfUaAccessibility(true)
          .useExternalResourceAccessControl(
              (uri, _) -> uri.startsWith("data:"),
              ExternalResourceControlPriority.RUN_BEFORE_RESOLVING_URI)
          .useFont(() -> font("DejaVuSans.ttf"), "DejaVu Sans", NORMAL, FontStyle.NORMAL, true)
          .useFont(() -> font("DejaVuSans-Bold.ttf"), "DejaVu Sans", BOLD, FontStyle.NORMAL, true)
          .withHtmlContent(page, null)
          .toStream(pdf)
          .run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pdf.toByteArray();
  }

  private static InputStream font(String name) {
    return Objects.requireNonNull(Pdf.class.getResourceAsStream(FONTS + name), name);
  }
}
