package aero.contrail.order.document;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.aztec.AztecWriter;
import com.google.zxing.common.BitMatrix;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Draws bar codes: Aztec, as boarding passes on telephones and paper have it. */
public final class Barcodes {

  /** The white around it, in modules: some readers need it, though the standard does not ask. */
  private static final int QUIET = 2;

  /** Pixels of a module. */
  private static final int SCALE = 8;

  private static final int WHITE = 0xFFFFFF;

  private Barcodes() {}

  /** An SVG picture that scales to where it is shown. */
  public static String aztecSvg(String text) {
    var modules = aztec(text);
    var side = modules.getWidth() + 2 * QUIET;
    var path = new StringBuilder();
    for (var y = 0; y < modules.getHeight(); y++) {
      for (var x = 0; x < modules.getWidth(); x++) {
        if (modules.get(x, y)) {
          path.append("M%d %dh1v1h-1z".formatted(x + QUIET, y + QUIET));
        }
      }
    }
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %1$d" shape-rendering="crispEdges">
    <rect width="%1$d" height="%1$d" fill="#fff"/><path d="%2$s"/></svg>
    """
        .formatted(side, path);
  }

  /** The same as a picture inside a page: a data URI (RFC 2397) of a PNG. */
  static String aztecPng(String text) {
    var modules = aztec(text);
    var side = modules.getWidth() + 2 * QUIET;
    var image = new BufferedImage(side * SCALE, side * SCALE, BufferedImage.TYPE_BYTE_BINARY);
    for (var y = 0; y < image.getHeight(); y++) {
      for (var x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, isDark(modules, x / SCALE - QUIET, y / SCALE - QUIET) ? 0 : WHITE);
      }
    }
    var png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
  }

  private static boolean isDark(BitMatrix modules, int x, int y) {
    return x >= 0
        && y >= 0
        && x < modules.getWidth()
        && y < modules.getHeight()
        && modules.get(x, y);
  }

  /** One bit a module. */
  static BitMatrix aztec(String text) {
    return new AztecWriter().encode(text, BarcodeFormat.AZTEC, 0, 0);
  }
}
