// datetime: dates, times and differences that are written down; now and today are not known.

import SourceText

enum DateTimes {
  static let functions: [String: NativeFunction] = [
    "datetime.datetime": dateTime,
    "datetime.date": { interpreter, arguments throws(Interruption) in
      guard let numbers = integers(["year", "month", "day"], arguments),
        let day = try checkedDay(numbers, arguments, interpreter)
      else { return Builtins.notKnown(arguments, "date", interpreter) }
      return .model(DateObject(day))
    },
    "datetime.timedelta": timeDelta,
    "datetime.timezone": { interpreter, arguments throws(Interruption) in
      guard case .model(let delta as TimeDeltaObject)? = arguments.positional.first,
        arguments.positional.count == 1, delta.microseconds.magnitude < 86_400_000_000
      else { return Builtins.notKnown(arguments, "timezone", interpreter) }
      return .model(
        TimeZoneObject(offset: delta.microseconds / 1_000_000, isUTC: delta.microseconds == 0))
    },
    "datetime.datetime.now": now, "datetime.datetime.utcnow": now,
    "datetime.datetime.today": now, "datetime.date.today": now, "time.time": now,
    "time.monotonic": now, "time.perf_counter": now, "time.strftime": now, "time.gmtime": now,
    "time.localtime": now,
    "time.sleep": { _, _ throws(Interruption) in .none },
    "datetime.datetime.fromisoformat": { interpreter, arguments throws(Interruption) in
      guard case .string(let text)? = arguments.positional.first, let value = parse(text) else {
        return Builtins.notKnown(arguments, "fromisoformat", interpreter)
      }
      return .model(value)
    },
    "datetime.date.fromisoformat": { interpreter, arguments throws(Interruption) in
      guard case .string(let text)? = arguments.positional.first, text.utf8.count == 10,
        let value = parse(text)
      else { return Builtins.notKnown(arguments, "fromisoformat", interpreter) }
      return .model(DateObject(value.day))
    },
    "datetime.datetime.fromtimestamp": { interpreter, arguments throws(Interruption) in
      guard case .integer(let seconds)? = arguments.positional.first,
        case .model(let zone as TimeZoneObject)? = arguments.argument(1, "tz"), zone.isUTC,
        seconds.magnitude < 1 << 36
      else { return Builtins.notKnown(arguments, "fromtimestamp", interpreter) }
      return .model(DateTimeObject(microseconds: seconds * 1_000_000, zone: zone))
    },
  ]

  private static let now: NativeFunction = { interpreter, arguments throws(Interruption) in
    interpreter.unknown(.time, "the time", at: arguments.range)
  }

  /// Integers by position or name, nil where one is missing; nil at all for another kind.
  private static func integers(_ names: [String], _ arguments: CallArguments) -> [Int?]? {
    guard arguments.unknownRest == nil else { return nil }
    var result: [Int?] = []
    for (position, name) in names.enumerated() {
      switch arguments.argument(position, name) {
      case nil: result.append(nil)
      case .integer(let number)?: result.append(number)
      default: return nil
      }
    }
    return result
  }

  /// The day of year, month and day; nil where one is missing. Raises ValueError as Python does.
  private static func checkedDay(
    _ numbers: [Int?], _ arguments: CallArguments, _ interpreter: Interpreter
  ) throws(Interruption) -> Day? {
    guard numbers.count >= 3, let year = numbers[0], let month = numbers[1], let number = numbers[2]
    else { return nil }
    if let day = Day(checking: year, month, number) { return day }
    let message =
      !(1...9999).contains(year)
      ? "year \(year) is out of range"
      : (1...12).contains(month) ? "day is out of range for month" : "month must be in 1..12"
    throw interpreter.raiseCertainly("ValueError", message, at: arguments.range)
  }

  private static let dateTime: NativeFunction = { interpreter, arguments throws(Interruption) in
    let names = ["year", "month", "day", "hour", "minute", "second", "microsecond"]
    guard let numbers = integers(names, arguments),
      let day = try checkedDay(numbers, arguments, interpreter)
    else { return Builtins.notKnown(arguments, "datetime", interpreter) }
    let limits = [("hour", 23), ("minute", 59), ("second", 59), ("microsecond", 999_999)]
    for ((name, limit), number) in zip(limits, numbers.dropFirst(3)) {
      if let number, !(0...limit).contains(number) {
        throw interpreter.raiseCertainly(
          "ValueError", "\(name) must be in 0..\(limit)", at: arguments.range)
      }
    }
    guard
      let time = Time(checking: numbers[3] ?? 0, numbers[4] ?? 0, numbers[5] ?? 0, numbers[6] ?? 0)
    else { return Builtins.notKnown(arguments, "datetime", interpreter) }
    switch arguments.argument(7, "tzinfo") {
    case nil, Value.none?: return .model(DateTimeObject(day, time: time, zone: nil))
    case .model(let zone as TimeZoneObject)?:
      return .model(DateTimeObject(day, time: time, zone: zone))
    default: return Builtins.notKnown(arguments, "datetime", interpreter)
    }
  }

  private static let timeDelta: NativeFunction = { interpreter, arguments throws(Interruption) in
    let units: [(String, Int)] = [
      ("days", 86_400_000_000), ("seconds", 1_000_000), ("microseconds", 1),
      ("milliseconds", 1_000), ("minutes", 60_000_000), ("hours", 3_600_000_000),
      ("weeks", 604_800_000_000),
    ]
    guard let numbers = integers(units.map(\.0), arguments) else {
      return Builtins.notKnown(arguments, "timedelta", interpreter)
    }
    var total = 0
    for (number, unit) in zip(numbers, units) {
      let (product, overflow) = (number ?? 0).multipliedReportingOverflow(by: unit.1)
      let (sum, sumOverflow) = total.addingReportingOverflow(product)
      guard !overflow, !sumOverflow, sum.magnitude < 86_400_000_000 * 9_999_999 else {
        return Builtins.notKnown(arguments, "timedelta", interpreter)
      }
      total = sum
    }
    return .model(TimeDeltaObject(total))
  }

  /// `YYYY-MM-DD`, then `T` or a space and `HH:MM[:SS[.ffffff]]`, then `Z` or `+HH:MM`.
  private static func parse(_ text: String) -> DateTimeObject? {
    var bytes = Array(text.utf8)[...]
    func number(_ width: Int) -> Int? {
      guard bytes.count >= width, bytes.prefix(width).allSatisfy({ (0x30...0x39).contains($0) })
      else { return nil }
      let value = bytes.prefix(width).reduce(0) { $0 * 10 + Int($1 - 0x30) }
      bytes = bytes.dropFirst(width)
      return value
    }
    func take(_ byte: Character) -> Bool {
      guard bytes.first == byte.asciiValue else { return false }
      bytes = bytes.dropFirst()
      return true
    }
    guard let year = number(4), take("-"), let month = number(2), take("-"),
      let dayNumber = number(2), let day = Day(checking: year, month, dayNumber)
    else { return nil }
    guard take("T") || take(" ") else {
      return bytes.isEmpty ? DateTimeObject(day, time: .midnight, zone: nil) : nil
    }
    guard let hour = number(2), take(":"), let minute = number(2) else { return nil }
    var second = 0
    var micro = 0
    if take(":") {
      guard let value = number(2) else { return nil }
      second = value
      if take(".") {
        let digits = bytes.prefix { (0x30...0x39).contains($0) }.count
        guard (1...6).contains(digits), let fraction = number(digits) else { return nil }
        micro = fraction
        for _ in digits..<6 { micro *= 10 }
      }
    }
    guard let time = Time(checking: hour, minute, second, micro) else { return nil }
    if bytes.isEmpty { return DateTimeObject(day, time: time, zone: nil) }
    if take("Z"), bytes.isEmpty {
      return DateTimeObject(day, time: time, zone: TimeZoneObject(offset: 0, isUTC: true))
    }
    let isWest = bytes.first == UInt8(ascii: "-")
    guard take("+") || take("-"), let hours = number(2), take(":"), let minutes = number(2),
      bytes.isEmpty
    else { return nil }
    let offset = (hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
    return DateTimeObject(
      day, time: time, zone: TimeZoneObject(offset: offset, isUTC: offset == 0))
  }

  /// A day of the proleptic Gregorian calendar.
  struct Day: Hashable {
    var year: Int
    var month: Int
    var day: Int

    init(year: Int, month: Int, day: Int) {
      self.year = year
      self.month = month
      self.day = day
    }

    init?(checking year: Int, _ month: Int, _ day: Int) {
      guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
        day <= Self.length(of: month, in: year)
      else { return nil }
      self.init(year: year, month: month, day: day)
    }

    private static func length(of month: Int, in year: Int) -> Int {
      if month == 2 { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
      return [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    /// Days since 1970-01-01 (the algorithm of Howard Hinnant's `days_from_civil`).
    var number: Int {
      let shifted = month <= 2 ? year - 1 : year
      let era = (shifted >= 0 ? shifted : shifted - 399) / 400
      let yearOfEra = shifted - era * 400
      let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
      return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        - 719_468
    }

    init(number: Int) {
      let shifted = number + 719_468
      let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
      let dayOfEra = shifted - era * 146_097
      let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
      let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
      let shiftedMonth = (5 * dayOfYear + 2) / 153
      day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
      month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
      year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    var text: String { "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))" }
  }

  struct Time: Hashable {
    var hour: Int
    var minute: Int
    var second: Int
    var microsecond: Int
    static let midnight = Time(hour: 0, minute: 0, second: 0, microsecond: 0)

    init(hour: Int, minute: Int, second: Int, microsecond: Int) {
      self.hour = hour
      self.minute = minute
      self.second = second
      self.microsecond = microsecond
    }

    init?(checking hour: Int, _ minute: Int, _ second: Int, _ microsecond: Int) {
      guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second),
        (0...999_999).contains(microsecond)
      else { return nil }
      self.init(hour: hour, minute: minute, second: second, microsecond: microsecond)
    }

    var text: String {
      let base = "\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))"
      return microsecond == 0 ? base : base + "." + padded(microsecond, 6)
    }

    var microseconds: Int {
      ((hour * 60 + minute) * 60 + second) * 1_000_000 + microsecond
    }
  }

  static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  /// `strftime` of the directives that do not depend on the locale; nil for others.
  static func format(_ pattern: String, _ day: Day, _ time: Time) -> String? {
    var result = ""
    var scalars = pattern.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      guard scalar == "%" else {
        result.unicodeScalars.append(scalar)
        continue
      }
      switch scalars.popFirst() {
      case "Y": result += String(day.year)
      case "m": result += padded(day.month, 2)
      case "d": result += padded(day.day, 2)
      case "H": result += padded(time.hour, 2)
      case "M": result += padded(time.minute, 2)
      case "S": result += padded(time.second, 2)
      case "f": result += padded(time.microsecond, 6)
      case "y": result += padded(day.year % 100, 2)
      case "%": result += "%"
      default: return nil
      }
    }
    return result
  }
}
